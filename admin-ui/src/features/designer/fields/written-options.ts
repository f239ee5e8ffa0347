import type { Json } from '../../../api/json.js';
import type { OptionSchema } from '../stored/field-type.js';
import { typesOf } from './option-input.js';

/** How an option is written and read. What cannot be read is sent as it is, and the server says what is wrong with it. */
export interface WrittenOption {
  read(typed: string, schema: OptionSchema): Json;
  show(value: Json): string;
  readonly inputMode: 'text' | 'decimal';
  readonly isLong: boolean;
}

const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const textOption: WrittenOption = { read: (typed) => typed, show: plain, inputMode: 'text', isLong: false };

/** `10` and not `10.` or `007`, so that what is typed stays as it is until it is a number. */
const isWhole = (typed: string): boolean => String(Number(typed)) === typed;

/** Where texts are numbers, too, they are exact. */
export const numberOption: WrittenOption = {
  ...textOption,
  read: (typed, schema) => (isWhole(typed) && !typesOf(schema).includes('string') ? Number(typed) : typed),
  inputMode: 'decimal',
};

export const linesOption: WrittenOption = {
  ...textOption,
  read: (typed) => typed.split('\n'),
  show: (value) => (Array.isArray(value) ? value.join('\n') : plain(value)),
  isLong: true,
};

const parsed = (typed: string): Json => {
  try {
    return JSON.parse(typed) as Json;
  } catch {
    // Not whole yet.
    return typed;
  }
};

export const jsonOption: WrittenOption = { ...textOption, read: parsed, isLong: true };

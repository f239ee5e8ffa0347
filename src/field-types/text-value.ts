import type { Json } from '../definition/field-definition.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';

/** Refuses the two kinds of text that PostgreSQL cannot store as they are: NUL characters and lone surrogates. */
export const parseText = (value: Json): string => {
  const text = String(value);
  if (text.includes('\0')) throw new InvalidValueError('invalid_text', 'must not contain a NUL character');
  if (!text.isWellFormed()) throw new InvalidValueError('invalid_text', 'must be well-formed Unicode text');
  return text;
};

import type { Json } from '../api/json.js';
import { mistakeIn, type Place } from './json-mistake.js';

/** A text as JSON, or what is wrong with it, and where. */
export type ParsedJson = { readonly value: Json } | { readonly problem: string; readonly place: Place };

/** What a browser says, without the text itself and without the place, which are told apart. */
const problemOf = (message: string): string =>
  message
    .replace(/^JSON\.parse: /, '')
    .replace(/, (\.{3})?".*$/s, '')
    .replace(/( in JSON)? at (position|line) .*$/, '');

/** Nothing is no value. */
export const parseJson = (text: string): ParsedJson => {
  try {
    return { value: text.trim() === '' ? null : (JSON.parse(text) as Json) };
  } catch (error) {
    return { problem: problemOf(error instanceof Error ? error.message : String(error)), place: mistakeIn(text) };
  }
};

export const writtenJson = (value: Json): string => (value === null ? '' : JSON.stringify(value, null, 2));

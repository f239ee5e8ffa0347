import { mistake } from './mistakes.js';
import type { Count } from './record-query.js';
import type { RequestValues } from './request-values.js';

/** The one text of a parameter, or undefined when it is not given. @throws InvalidQueryError when it is given twice */
export const single = ({ texts }: RequestValues, key: string): string | undefined => {
  const [text, ...others] = texts.get(key) ?? [];
  if (others.length === 0) return text;
  throw mistake(key, 'invalid_value', `"${key}" must be given once.`);
};

/** The parts of a parameter that is a list: with commas, or repeated. */
export const list = ({ texts }: RequestValues, key: string): readonly string[] =>
  (texts.get(key) ?? []).flatMap((text) => text.split(',')).filter((part) => part !== '');

/** @throws InvalidQueryError */
export const wholeNumber = (values: RequestValues, key: string, fallback: number, maximum: number): number => {
  const texts = values.texts.get(key);
  if (texts === undefined) return fallback;
  const text = texts.length === 1 ? (texts[0] ?? '') : '';
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= maximum) return number;
  throw mistake(key, 'invalid_value', `"${key}" must be a whole number between 1 and ${maximum}.`);
};

const COUNTS: ReadonlySet<unknown> = new Set<Count>(['exact', 'capped', 'none']);

const isCount = (text: string): text is Count => COUNTS.has(text);

/** @throws InvalidQueryError */
export const countOf = (values: RequestValues, fallback: Count): Count => {
  const text = single(values, 'count');
  if (text === undefined) return fallback;
  if (!isCount(text)) throw mistake('count', 'invalid_value', '"count" must be exact, capped or none.');
  return text;
};

/** @throws InvalidQueryError when one of the parameters is given that have no meaning beside another */
export const requireAbsent = ({ texts }: RequestValues, keys: readonly string[], beside: string): void => {
  const given = keys.find((key) => texts.has(key));
  if (given === undefined) return;
  throw mistake(given, 'invalid_value', `"${given}" has no meaning beside "${beside}". Leave one of them out.`);
};

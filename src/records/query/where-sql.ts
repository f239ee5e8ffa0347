import type { Predicate } from './predicate.js';
import type { Source } from './source.js';

/** What a request asks for, of the records that there are for whoever asks. */
export const whereSql = (source: Source, where: Predicate | undefined): string => {
  const parts = [where?.sql(source), source.rule()].filter((part) => part !== undefined);
  if (parts.length < 2) return parts.map((part) => ` WHERE ${part}`).join('');
  return ` WHERE (${parts.join(') AND (')})`;
};

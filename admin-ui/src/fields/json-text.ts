import type { Json } from '../api/json.js';

/** A text as JSON, or what is wrong with it. */
export type ParsedJson = { readonly value: Json } | { readonly problem: string; readonly line: number | undefined };

/** Where an error of `JSON.parse` says that it stopped; browsers say it in different words. */
const lineOf = (message: string, text: string): number | undefined => {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
};

/** Nothing is no value. */
export const parseJson = (text: string): ParsedJson => {
  try {
    return { value: text.trim() === '' ? null : (JSON.parse(text) as Json) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { problem, line: lineOf(problem, text) };
  }
};

export const writtenJson = (value: Json): string => (value === null ? '' : JSON.stringify(value, null, 2));

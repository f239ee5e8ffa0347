/**
 * Splits at commas; `\,` is a comma and any other backslash is itself. The empty text has no parts.
 *
 * @example splitList('a,b\\,c') // ['a', 'b,c']
 */
export const splitList = (text: string): readonly string[] =>
  text === '' ? [] : text.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ','));

/** A pattern of LIKE that matches exactly this text. */
export const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** PostgreSQL fails on a pattern whose last backslash has nothing to escape. */
export const isLikePattern = (pattern: string): boolean => (/\\*$/.exec(pattern)?.[0].length ?? 0) % 2 === 0;

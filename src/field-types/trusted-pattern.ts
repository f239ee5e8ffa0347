import { loadRe2 } from './on-demand.js';

const trusted = new Set<string>();

/** Linear is not fast: the worst patterns take some ten microseconds for each character. */
export const LONGEST_MATCHED = 100_000;

/**
 * Declares a pattern of a JSON schema as one that somebody has read: it is matched by JavaScript's own engine, which is
 * faster but takes exponential time for some patterns. Every other pattern is one of RE2, matched in linear time, and
 * texts of more than 100,000 characters do not match it.
 *
 * @example const schema: JsonSchema = { type: 'string', pattern: trustedPattern('^#[0-9a-f]{6}$') };
 */
export const trustedPattern = (source: string): string => {
  trusted.add(source);
  return source;
};

const linearEngine = (source: string) => {
  const compiled = loadRe2().RE2JS.compile(source);
  return {
    test: (text: string): boolean => text.length <= LONGEST_MATCHED && compiled.test(text),
    // By this a schema's validator tells patterns apart.
    toString: () => source,
  };
};

/** Compiles the patterns of schemas, as ajv's option `code.regExp` wants it. @throws RE2JSSyntaxException */
export const patternEngine = Object.assign(
  (source: string, flags: string): { test(text: string): boolean } =>
    trusted.has(source) ? new RegExp(source, flags) : linearEngine(source),
  // Only for validators that are written to a file, which nobody does here.
  { code: 'patternEngine' },
);

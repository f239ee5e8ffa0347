import type { JsonSchema, OptionProblem } from './field-type.js';
import { loadRe2 } from './on-demand.js';

export interface PatternOption {
  readonly pattern?: string;
}

/** For types that hold text. Not enforced by PostgreSQL, which knows another syntax. */
export const pattern: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  description: 'Regular expression in RE2 syntax that a value must match, anywhere unless it is anchored.',
};

/** Time is linear in the length of a value, but also in the size of what a pattern is compiled to. */
const MAX_SIZE = 1000;

/** What keeps the pattern from being compiled, if anything. */
export const checkPattern = ({ pattern: source }: PatternOption): OptionProblem | undefined => {
  if (source === undefined) return undefined;
  const { RE2JS, RE2JSException } = loadRe2();
  try {
    const isTooLarge = RE2JS.compile(source).programSize() > MAX_SIZE;
    return isTooLarge
      ? { option: 'pattern', problem: '"pattern" must repeat parts less often, or have fewer of them' }
      : undefined;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { option: 'pattern', problem: `"pattern" must be a regular expression in RE2 syntax: ${error.message}` };
  }
};

/** Part of the schema of a value. Not of what is shown: values that are older than the pattern stay. */
export const matching = ({ pattern: source }: PatternOption): JsonSchema =>
  source === undefined ? {} : { allOf: [{ pattern: source }] };

/** The same in words, to stand behind the others. */
export const matchingInWords = ({ pattern: source }: PatternOption): string =>
  source === undefined ? '' : ` that matches ${JSON.stringify(source)}`;

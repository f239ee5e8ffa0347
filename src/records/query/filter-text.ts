import type { Budget } from './budget.js';
import { requireWithin } from './limits.js';
import { mistake } from './mistakes.js';
import { OPERATOR_NAMES } from './operators.js';
import { not, type Predicate } from './predicate.js';
import type { RecordModel } from './record-model.js';
import { requireOperator, resolveSubject, type Subject } from './subject.js';

/** One `filter.<path>=<test>` of a query string. */
export interface TextTest {
  readonly predicate: Predicate;
  /** It began with `$or:`: it is joined by OR with all others that did. */
  readonly isAlternative: boolean;
}

const PREFIX = /^\$(or|and|not):/;
const OPERATOR = /^(\$[A-Za-z_]+):(.*)$/s;

const parseTest = (subject: Subject, text: string, at: string): Predicate => {
  const [, operator = '$eq', operand = text] = OPERATOR.exec(text) ?? [];
  if (OPERATOR_NAMES.has(text) && subject.isAlone(text)) return subject.test(text, true, at);
  requireOperator(subject, operator, at);
  if (subject.isAlone(operator)) {
    throw mistake(at, 'invalid_value', `"${operator}" stands alone: write ${at}=${operator}.`);
  }
  return subject.test(operator, subject.fromText(operator, operand), at);
};

/**
 * Reads one test: `$op:operand`, or a bare value to be equal to, behind any of `$not:`, `$or:` and `$and:`.
 *
 * @example parseTextTest(track, 'filter.album.title', '$not:$sw:The ', budget)
 * @throws InvalidQueryError
 */
export const parseTextTest = (model: RecordModel, key: string, text: string, budget: Budget): TextTest => {
  requireWithin('filterText', text.length, key);
  budget.spend(key);
  const subject = resolveSubject(model, key.slice('filter.'.length), key);
  let rest = text;
  let isAlternative = false;
  let isNegated = false;
  for (let prefix = PREFIX.exec(rest); prefix !== null; prefix = PREFIX.exec(rest)) {
    if (prefix[1] === 'or') isAlternative = true;
    if (prefix[1] === 'not') isNegated = !isNegated;
    rest = rest.slice(prefix[0].length);
  }
  const predicate = parseTest(subject, rest, key);
  return { predicate: isNegated ? not(predicate) : predicate, isAlternative };
};

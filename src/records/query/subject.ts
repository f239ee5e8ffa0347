import type { Json } from '../../definition/field-definition.js';
import { InvalidValueError } from '../../errors/invalid-value.error.js';
import { requireWithin } from './limits.js';
import { mistake, named } from './mistakes.js';
import { splitList } from './operand-text.js';
import { type Operator, operatorsOf } from './operators.js';
import { resolvePath, shown } from './path.js';
import { everyId, not, type Predicate, related, someId, test } from './predicate.js';
import type { RecordField } from './record-field.js';
import type { RecordModel } from './record-model.js';
import type { RecordRelation } from './record-relation.js';

/** What a filter tests: a value, or the ids of related records. */
export interface Subject {
  /** The dotted name that the request has. */
  readonly name: string;
  /** The relation that the name stands for, whose records may be tested too. */
  readonly relation: RecordRelation | undefined;
  /** Names of the operators that apply. */
  readonly operators: ReadonlySet<string>;
  isAlone(operator: string): boolean;
  fromText(operator: string, text: string): Json;
  /** @throws InvalidQueryError */
  test(operator: string, operand: Json, at: string): Predicate;
  /** Whether an object is a value to be equal to, and not a list of tests. */
  isValue(operand: { readonly [key: string]: Json }): boolean;
  /** A condition on the related record, or on some related record. Only where there is a relation. */
  beyond(part: Predicate): Predicate;
}

const reached = (hops: readonly RecordRelation[], part: Predicate): Predicate =>
  hops.reduceRight((inner, hop) => related(hop, inner), part);

const operatorOf = (name: string, kind: RecordField['kind']): Operator => {
  const operator = operatorsOf(kind).get(name);
  if (operator === undefined) throw new Error(`Values of kind "${kind}" have no operator "${name}".`);
  return operator;
};

const valueSubject = (
  name: string,
  field: RecordField,
  relation: RecordRelation | undefined,
  hops: readonly RecordRelation[],
): Subject => {
  const operators = operatorsOf(field.kind);
  return {
    name,
    relation,
    operators: new Set(operators.keys()),
    isAlone: (operator) => operators.get(operator)?.isAlone === true,
    fromText: (operator, text) => operatorOf(operator, field.kind).fromText(text, field),
    test: (operator, operand, at) =>
      reached(
        hops,
        test(
          field,
          named(at, name, () => operatorOf(operator, field.kind).test(operand, field, at)),
        ),
      ),
    isValue: (operand) => field.kind === 'json' && !Object.keys(operand).some((key) => key.startsWith('$')),
    beyond: (part) => reached([...hops, ...(relation === undefined ? [] : [relation])], part),
  };
};

type IdsTest = (operand: Json, relation: RecordRelation, at: string) => Predicate;

const invalid = (problem: string) => new InvalidValueError('invalid_format', problem);

const idTest = (operator: string): IdsTest => {
  const { test: write } = operatorOf(operator, 'key');
  return (operand, relation, at) => someId(relation, write(operand, relation.id, at));
};

const hasNone: IdsTest = (operand, relation) => {
  if (typeof operand !== 'boolean') throw invalid('must be compared with true or false by $null');
  return operand ? not(someId(relation)) : someId(relation);
};

const hasAll: IdsTest = (operand, relation, at) => {
  const ids = Array.isArray(operand) ? (operand as readonly Json[]) : [operand];
  requireWithin('inValues', ids.length, at);
  return everyId(relation, new Set(ids.map((id) => relation.id.value(id))));
};

/** Tests of the ids of related records. */
const IDS_TESTS: ReadonlyMap<string, IdsTest> = new Map([
  ['$eq', idTest('$eq')],
  ['$in', idTest('$in')],
  ['$null', hasNone],
  ['$contains', hasAll],
]);

/** The operators of relations to many. */
export const IDS_OPERATORS: ReadonlySet<string> = new Set(IDS_TESTS.keys());

const idsTest = (operator: string): IdsTest => {
  const found = IDS_TESTS.get(operator);
  if (found === undefined) throw new Error(`Related records have no operator "${operator}".`);
  return found;
};

const idsSubject = (name: string, relation: RecordRelation, hops: readonly RecordRelation[]): Subject => ({
  name,
  relation,
  operators: IDS_OPERATORS,
  isAlone: (operator) => operator === '$null',
  fromText: (operator, text) =>
    operator === '$eq' ? relation.id.fromText(text) : splitList(text).map((part) => relation.id.fromText(part)),
  test: (operator, operand, at) =>
    reached(
      hops,
      named(at, name, () => idsTest(operator)(operand, relation, at)),
    ),
  isValue: () => false,
  beyond: (part) => reached([...hops, relation], part),
});

/** Resolves a name that a filter tests. @param at where the request has it @throws InvalidQueryError */
export const resolveSubject = (model: RecordModel, name: string, at: string): Subject => {
  const { hops, field, relation } = resolvePath(model, name, at);
  if (field !== undefined) return valueSubject(name, field, relation, hops);
  if (relation === undefined) throw mistake(at, 'unknown_field', `"${model.name}" has no field "${shown(name)}".`);
  return idsSubject(name, relation, hops);
};

/** @throws InvalidQueryError unless the subject has the operator */
export const requireOperator = ({ name, operators }: Subject, operator: string, at: string): void => {
  if (operators.has(operator)) return;
  const message = `There is no operator "${shown(operator)}" for "${shown(name)}". Use ${[...operators].join(', ')}.`;
  throw mistake(at, 'unknown_operator', message);
};

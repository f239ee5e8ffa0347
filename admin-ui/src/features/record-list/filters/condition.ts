import type { FilterPayload } from 'react-admin';
import { isObject, type Json, type JsonObject } from '../../../api/json.js';
import type { FieldDescriptor } from '../../../models/model-descriptor.js';
import { type FilterOperator, operandOf, operatorsOf, testOf } from './filter-operator.js';

/** One condition that records must meet. */
export interface Condition {
  readonly field: FieldDescriptor;
  readonly operator: FilterOperator;
  readonly operand: Json;
}

/** A part of a tree, with the condition that it is where people could have made it here. */
export interface FilterPart {
  readonly tree: JsonObject;
  readonly condition: Condition | undefined;
}

const conditionOf = (tree: JsonObject, fields: readonly FieldDescriptor[]): Condition | undefined => {
  const [name = '', ...others] = Object.keys(tree);
  const field = fields.find((each) => each.name === name);
  const test = tree[name];
  if (others.length > 0 || field === undefined || test === undefined) return undefined;
  return operatorsOf(field).flatMap((operator) => {
    const operand = operandOf(operator, test);
    return operand === undefined ? [] : [{ field, operator, operand }];
  })[0];
};

/** Splits what has to be met all together; what is joined otherwise stays one part. */
const split = (tree: JsonObject): readonly JsonObject[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    key === '$and' && Array.isArray(value)
      ? value.filter(isObject).flatMap((part) => split(part as JsonObject))
      : [{ [key]: value }],
  );

/** The filter of a list in its parts. @param filter with the words to search for as `q` */
export const partsOf = (
  { q: _words, ...tree }: FilterPayload,
  fields: readonly FieldDescriptor[],
): readonly FilterPart[] =>
  split(tree as JsonObject).map((part) => ({ tree: part, condition: conditionOf(part, fields) }));

/** The tree of a condition. */
export const treeOf = ({ field, operator, operand }: Condition): JsonObject => ({
  [field.name]: testOf(operator, operand),
});

/** The filter of a list with these parts, and the same words. */
export const filterOf = (trees: readonly JsonObject[], { q }: FilterPayload): FilterPayload => ({
  ...(q === undefined ? {} : { q }),
  ...(trees.length === 0 ? {} : { $and: trees }),
});

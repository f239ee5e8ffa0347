import type { Json } from '../definition/field-definition.js';
import type { JsonSchema } from '../field-types/field-type.js';
import type { RecordKey } from '../field-types/record-key.js';
import { sharedValidator, type Validate } from '../field-types/shared.validator.js';
import type { RelationChange } from './relation-change.js';

/** What a body may give under the name of related records, and how it is read. */
export interface RelationInput {
  readonly name: string;
  readonly schema: JsonSchema;
  /** In words, to follow «must be». */
  readonly expects: string;
  readonly validate: Validate;
  /** @param value already valid */
  parse(value: Json): RelationChange;
}

type Ids = readonly Json[];
interface Changes {
  readonly set?: Ids;
  readonly add?: Ids;
  readonly remove?: Ids;
}

const isChanges = (value: unknown): value is Changes =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectOf = (properties: { readonly [name: string]: JsonSchema }, rest: JsonSchema): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...rest,
});

/**
 * Any number of related records: a list of ids that replaces all, or changes.
 *
 * @param list schema of such a list, which may refuse the empty one
 */
export const manyInput = (name: string, key: RecordKey, list: JsonSchema): RelationInput => {
  const { minItems: _minItems, ...some } = list;
  const changed = objectOf({ add: some, remove: some }, { minProperties: 1 });
  const replaced = objectOf({ set: list }, { required: ['set'] });
  // By the form that the value has, because «one of these» would list the mistakes against each of them.
  const validators = [changed, replaced, list].map(sharedValidator);
  const validatorOf = (value: unknown) => validators[isChanges(value) ? Number('set' in value) : 2];
  const ids = (items: Ids = []) => items.map((id) => key.parse(id));
  return {
    name,
    schema: { oneOf: [list, changed, replaced] },
    expects: 'a list of different ids of related records, or an object with add and remove, or with set',
    validate: (value) => validatorOf(value)?.(value) ?? [],
    parse: (value) => {
      if (!isChanges(value)) return { set: ids(value as Ids) };
      return value.set === undefined ? { add: ids(value.add), remove: ids(value.remove) } : { set: ids(value.set) };
    },
  };
};

/** One related record: its id, or null for none. */
export const singleInput = (name: string, key: RecordKey): RelationInput => {
  const schema: JsonSchema = { ...key.jsonSchema, type: [String(key.jsonSchema['type']), 'null'] };
  return {
    name,
    schema,
    expects: 'the id of a related record, or null',
    validate: sharedValidator(schema),
    parse: (value) => ({ set: value === null ? [] : [key.parse(value)] }),
  };
};

import type { Choice, FieldDefinition, Json } from '../../definition/field-definition.js';
import { humanize } from '../../definition/identifiers.js';
import type { InverseRelation } from '../../definition/inverse-relation.js';
import { defaultFunction } from '../../field-types/default-function.js';
import type { FieldType, JsonSchema, ValueKind } from '../../field-types/field-type.js';
import { operatorsOf } from '../../records/query/operators.js';
import { IDS_OPERATORS } from '../../records/query/subject.js';
import type { RelationDescriptor } from './relation-descriptor.js';

/** What whoever asks may do with a field. */
export interface FieldPermissions {
  readonly view: boolean;
  readonly add: boolean;
  readonly change: boolean;
}

/** A field as the admin shows it: what to put where, and what may be asked and given. */
export interface FieldDescriptor {
  readonly id: string;
  readonly name: string;
  readonly verboseName: string;
  readonly help: string;
  /** Name of the field type, such as `char`. */
  readonly type: string;
  /** What values are, whatever their type is called; of ids in relations to many `keys`. */
  readonly kind: ValueKind;
  readonly widget: string;
  /** Records never go without a value. */
  readonly required: boolean;
  /** A new record gets a value where none is given. */
  readonly hasDefault: boolean;
  /** That value, where it is the same for every record. */
  readonly default: Json;
  readonly unique: boolean;
  readonly choices: readonly Choice[];
  /** Of a value in a body; null and choices are not in it. */
  readonly schema: JsonSchema;
  readonly options: object;
  readonly operators: readonly string[];
  readonly relation: RelationDescriptor | null;
  /** It is a relation of another model, which points here. */
  readonly isInverse: boolean;
  /** Name of that relation in the other model; null for all other fields. */
  readonly inverseOf: string | null;
  readonly permissions: FieldPermissions;
}

const widgetOf = (type: FieldType, { choices }: FieldDefinition): string => {
  if (choices.length === 0) return type.widget;
  return type.choosesMany ? 'select_many' : 'select';
};

/** @param relation what it leads to, if it does */
export const describeField = (
  field: FieldDefinition,
  type: FieldType,
  permissions: FieldPermissions,
  relation: RelationDescriptor | null,
): FieldDescriptor => {
  const { id, name, verboseName, help, choices, options, unique } = field;
  const isCounted = type.identity === true;
  const isComputed = defaultFunction(type, field) !== undefined;
  const isAutomatic = type.automatic?.(field) !== undefined;
  return {
    id,
    name,
    verboseName,
    help,
    type: type.name,
    kind: relation?.isMany ? 'keys' : type.values,
    widget: widgetOf(type, field),
    required: field.required || isCounted,
    hasDefault: field.default !== null || isCounted || isAutomatic,
    default: isComputed ? null : field.default,
    unique: unique || type.alwaysUnique === true,
    choices,
    schema: type.jsonSchema(field),
    options,
    operators: relation?.isMany ? [...IDS_OPERATORS] : [...operatorsOf(type.values).keys()],
    relation,
    isInverse: false,
    inverseOf: null,
    permissions: isAutomatic ? { ...permissions, add: false, change: false } : permissions,
  };
};

/** The other side of a relation, as the records show it that it points to. */
export const describeInverse = (
  { name, field, model }: InverseRelation,
  permissions: FieldPermissions,
  relation: RelationDescriptor,
): FieldDescriptor => ({
  id: `${model.id}:${field.id}`,
  name,
  verboseName: humanize(name),
  help: '',
  type: field.type,
  kind: relation.isMany ? 'keys' : 'key',
  widget: relation.isMany ? 'relations' : 'relation',
  required: false,
  hasDefault: false,
  default: null,
  unique: false,
  choices: [],
  schema: {},
  options: {},
  operators: [...IDS_OPERATORS],
  relation,
  isInverse: true,
  inverseOf: field.name,
  permissions,
});

import { foldName, isReserved, MAX_NAME_LENGTH, NAME_PATTERN, RESERVED_NAMES } from '../definition/identifiers.js';
import type { FieldError } from '../errors/dynamo.error.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { DEFAULT_PRIMARY_KEY, PRIMARY_KEY_NAMES } from '../field-types/primary-key.js';
import { checkField } from './check-field.js';
import type { MetaField } from './meta-field.entity.js';
import type { MetaModel } from './meta-model.entity.js';

const MAX_QUOTED_LENGTH = 60;
/** A name as a message shows it: never so long that the message is lost in it. */
const quoted = (name: unknown): string => {
  const text = JSON.stringify(name) ?? 'nothing';
  return text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}…"` : text;
};

/** What is wrong with a name, if anything. */
export const checkName = (kind: keyof typeof RESERVED_NAMES, name: unknown, path: string): readonly FieldError[] => {
  if (typeof name === 'string' && isReserved(kind, name)) {
    return [{ path, code: 'reserved_name', message: `"${name}" is reserved. Choose another name for the ${kind}.` }];
  }
  if (typeof name === 'string' && NAME_PATTERN.test(name)) return [];
  const message =
    `${quoted(name)} cannot be the name of ${kind === 'app' ? 'an' : 'a'} ${kind}: it must start with an ASCII letter ` +
    `and have only ASCII letters, digits and underscores, at most ${MAX_NAME_LENGTH} in all.`;
  return [{ path, code: 'invalid_name', message }];
};

/** Entries whose key another entry before them has. */
const repeated = (fields: readonly MetaField[], key: (field: MetaField) => string | number | null) => {
  const seen = new Set<string | number>();
  return fields.filter((field) => {
    const value = key(field);
    if (value === null) return false;
    if (seen.has(value)) return true;
    seen.add(value);
    return false;
  });
};

const checkPrimaryKey = ({ primaryKey = DEFAULT_PRIMARY_KEY }: MetaModel, prefix: string): readonly FieldError[] => {
  if (PRIMARY_KEY_NAMES.includes(primaryKey)) return [];
  const message = `There is no primary key ${quoted(primaryKey)}. Choose one of: ${PRIMARY_KEY_NAMES.join(', ')}.`;
  return [{ path: `${prefix}primaryKey`, code: 'invalid_primary_key', message }];
};

/** PostgreSQL's own limit of columns in an index. */
const MOST_TOGETHER = 32;

/** Groups of fields that are unique or indexed together and that no index can hold. */
const checkGroups = (
  fields: readonly MetaField[],
  prefixOf: (field: MetaField) => string,
  property: string,
  groupOf: (field: MetaField) => unknown,
): readonly FieldError[] => {
  const sizes = new Map<unknown, number>();
  return fields.flatMap((field) => {
    const group = groupOf(field);
    if (group === null || group === undefined || group === false) return [];
    const size = (sizes.get(group) ?? 0) + 1;
    sizes.set(group, size);
    const message = `At most ${MOST_TOGETHER} fields can be ${property === 'uniqueTogether' ? 'unique' : 'indexed'} together.`;
    return size === MOST_TOGETHER + 1 ? [{ path: prefixOf(field) + property, code: 'limit_reached', message }] : [];
  });
};

const indexGroupOf = ({ options }: MetaField): unknown => {
  const { index } = (options ?? {}) as { readonly index?: unknown };
  return typeof index === 'string' ? index : undefined;
};

/**
 * Everything about a model and its fields that can be judged without looking at other models or at rows.
 *
 * @param prefixOf where in the request a field stands, such as `fields.2.`
 */
export const checkModel = (
  model: MetaModel,
  types: FieldTypeRegistry,
  prefixOf: (field: MetaField) => string,
  prefix = '',
): readonly FieldError[] => [
  ...checkName('app', model.app, `${prefix}app`),
  ...checkName('model', model.name, `${prefix}name`),
  ...checkPrimaryKey(model, prefix),
  ...model.fields.flatMap((field) => [
    ...checkName('field', field.name, `${prefixOf(field)}name`),
    ...checkField(field, types, prefixOf(field)),
  ]),
  ...repeated(model.fields, ({ name }) => foldName(String(name))).map((field) => ({
    path: `${prefixOf(field)}name`,
    code: 'duplicate_field',
    message: `There is already a field "${field.name}". Choose another name; case and underscores make no difference.`,
  })),
  ...checkGroups(model.fields, prefixOf, 'uniqueTogether', ({ uniqueTogether }) => uniqueTogether),
  ...checkGroups(model.fields, prefixOf, 'options.index', indexGroupOf),
  ...repeated(model.fields, ({ order }) => order ?? null).map((field) => ({
    path: `${prefixOf(field)}order`,
    code: 'duplicate_order',
    message: `Two fields have order ${field.order}. Give each its own, or leave it out to put the field last.`,
  })),
];

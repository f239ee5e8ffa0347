import type { FieldDefinition, FieldId, Json, KeyType } from '../definition/field-definition.js';
import { freeName, humanize, physicalName, snakeCase } from '../definition/identifiers.js';
import type {
  FormerColumn,
  IndexGroup,
  ModelDefinition,
  ModelId,
  UniqueGroup,
} from '../definition/model-definition.js';
import type { FieldType } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { DEFAULT_PRIMARY_KEY } from '../field-types/primary-key.js';
import { completeOptions } from './check-field.js';
import { parseChoices } from './choices.js';
import { ordersOf } from './field-order.js';
import type { MetaField } from './meta-field.entity.js';
import type { MetaModel } from './meta-model.entity.js';

/** What a relation points to: a model, or an entity of the application. */
export interface RelationTarget {
  readonly relatedModelId: ModelId | null;
  readonly relatedEntity: string | null;
  readonly relatedKey: KeyType | null;
}

/** What the rows of one model alone do not tell. */
export interface DefinitionContext {
  readonly before: ModelDefinition | null;
  readonly types: FieldTypeRegistry;
  readonly deleteColumns: boolean;
  /** Nothing but nulls for a field that is no relation. */
  targetOf(field: MetaField): RelationTarget;
  /** Whether a table or other relation of this name exists already, or is about to. */
  isRelationTaken(name: string): boolean;
}

const wantedTableName = ({ app, name }: MetaModel): string => physicalName(snakeCase(app), snakeCase(name));

const isNameOf = (current: string | undefined, wanted: string, id: string): current is string =>
  current === wanted || current === freeName(wanted, id, () => true);

/** Names of the tables that the model itself has by now, so that two of them can never be in each other's way. */
const ownTables = (before: ModelDefinition | null | undefined): ReadonlySet<string | undefined> =>
  new Set([before?.tableName, ...(before?.fields ?? []).map((field) => field.physicalName)]);

/** `current` as long as it was made from this name, otherwise a new name that nobody has. */
const tableNameFor = (wanted: string, id: string, current: string | undefined, context: DefinitionContext): string => {
  if (isNameOf(current, wanted, id)) return current;
  const own = ownTables(context.before);
  return freeName(wanted, id, (name) => own.has(name) || context.isRelationTaken(name));
};

/** Table names that {@link toDefinition} may choose for this row and that could be somebody else's. */
export const relationCandidates = (
  row: MetaModel,
  types: FieldTypeRegistry,
  before: ModelDefinition | undefined,
): readonly string[] => {
  const wanted = wantedTableName(row);
  const isKept = isNameOf(before?.tableName, wanted, row.id);
  const tables = isKept ? [String(before?.tableName)] : [wanted, freeName(wanted, row.id, () => true)];
  const joins = row.fields.filter(({ type }) => types.find(type)?.relation !== undefined);
  const own = ownTables(before);
  return tables
    .flatMap((table) => [table, ...joins.map(({ name }) => physicalName(table, snakeCase(name)))])
    .filter((name) => !own.has(name));
};

const fieldsInOrder = (fields: readonly MetaField[]): readonly MetaField[] => {
  const orders = ordersOf(fields);
  return fields
    .map((field, position) => ({ ...field, order: orders[position] ?? position }))
    .sort((a, b) => a.order - b.order);
};

const uniqueGroups = (fields: readonly MetaField[]): readonly UniqueGroup[] => {
  const groups = new Map<string, FieldId[]>();
  for (const { id, uniqueTogether } of fields) {
    if (!uniqueTogether) continue;
    const name = uniqueTogether === true ? '' : uniqueTogether;
    groups.set(name, [...(groups.get(name) ?? []), id as FieldId]);
  }
  return [...groups].map(([name, ids]) => ({ name, fields: ids })).sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** Fields whose option `index` is the same name. */
const indexGroups = (fields: readonly FieldDefinition[]): readonly IndexGroup[] => {
  const groups = new Map<string, FieldId[]>();
  for (const { id, options } of fields) {
    const { index } = options as { readonly index?: boolean | string };
    if (typeof index === 'string') groups.set(index, [...(groups.get(index) ?? []), id]);
  }
  return [...groups].map(([name, ids]) => ({ name, fields: ids })).sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** Column names that fields have or had, and whose they are. */
const columnOwners = (before: ModelDefinition | null): ReadonlyMap<string, string> =>
  new Map([
    ...(before?.formerColumns ?? []).map(({ name, fieldId }) => [name, fieldId] as const),
    ...(before?.fields ?? []).map(({ physicalName: name, id }) => [name, id] as const),
  ]);

const isToMany = (type: FieldType, field: FieldDefinition): boolean => type.relation?.(field).kind === 'to_many';

/** Names that are no longer in use after this change. */
const formerColumns = (
  before: ModelDefinition | null,
  fields: readonly FieldDefinition[],
  { types, deleteColumns }: DefinitionContext,
): readonly FormerColumn[] => {
  if (before === null) return [];
  const inUse = new Set(fields.map((field) => field.physicalName));
  const leaving = before.fields.flatMap((field) => {
    const type = types.get(field.type);
    if (isToMany(type, field)) return [];
    const isDeleted = !fields.some(({ id }) => id === field.id);
    const keptType = isDeleted && !deleteColumns ? type.sqlType(field) : null;
    return [{ name: field.physicalName, fieldId: field.id, keptType }];
  });
  return [...before.formerColumns, ...leaving].filter(({ name }) => !inUse.has(name));
};

/**
 * Rows → the immutable definition that the engine reads. The rows have passed {@link checkModel}.
 * Physical names follow the names of model and fields, but are never taken over from another field.
 */
export const toDefinition = (row: MetaModel, context: DefinitionContext): ModelDefinition => {
  const { before, types } = context;
  const id = row.id as ModelId;
  const tableName = tableNameFor(wantedTableName(row), id, before?.tableName, context);
  const owners = new Map(columnOwners(before)).set('id', id);
  const rows = fieldsInOrder(row.fields);

  const fields = rows.map((field): FieldDefinition => {
    const type = types.find(field.type) ?? types.get(field.type);
    const definition = {
      id: field.id as FieldId,
      name: field.name,
      physicalName: '',
      verboseName: field.verboseName || humanize(field.name),
      type: type.name,
      ...context.targetOf(field),
      order: field.order ?? 0,
      required: field.required,
      unique: field.unique,
      default: (field.default ?? null) as Json,
      choices: parseChoices(field.choices as Json) ?? [],
      help: field.help,
      options: completeOptions(type, field.options).options,
    };
    const name = snakeCase(field.name);
    if (isToMany(type, definition)) {
      const current = before?.fields.find((old) => old.id === field.id)?.physicalName;
      return { ...definition, physicalName: tableNameFor(physicalName(tableName, name), field.id, current, context) };
    }
    const column = freeName(physicalName(type.columnName?.(name) ?? name), field.id, (candidate) => {
      const owner = owners.get(candidate);
      return owner !== undefined && owner !== field.id;
    });
    owners.set(column, field.id);
    return { ...definition, physicalName: column };
  });

  return {
    id,
    app: row.app,
    name: row.name,
    tableName,
    verboseName: row.verboseName || humanize(row.name),
    admin: row.admin,
    primaryKey: row.primaryKey ?? DEFAULT_PRIMARY_KEY,
    fields,
    uniqueTogether: uniqueGroups(rows),
    indexes: indexGroups(fields),
    formerColumns: formerColumns(before, fields, context),
  };
};

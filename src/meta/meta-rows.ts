import { createHash, randomUUID } from 'node:crypto';
import { humanize } from '../definition/identifiers.js';
import { InvalidDefinitionError } from '../errors/definition.error.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { DEFAULT_PRIMARY_KEY } from '../field-types/primary-key.js';
import { ordersOf } from './field-order.js';
import type { SaveMetaFieldDto, UpdateMetaFieldDto } from './dto/meta-field.dto.js';
import type { UpdateMetaModelDto } from './dto/meta-model.dto.js';
import { MetaField } from './meta-field.entity.js';
import { MetaModel } from './meta-model.entity.js';

/** What a property that is null or was never given is stored as. */
const FIELD_DEFAULTS = {
  verboseName: null,
  relatedModel: null,
  relatedModelId: null,
  description: '',
  order: null,
  uniqueTogether: false,
  unique: false,
  help: '',
  choices: null,
  default: null,
  required: false,
  options: {},
} as const;

const MODEL_DEFAULTS = { verboseName: null, description: '', primaryKey: DEFAULT_PRIMARY_KEY } as const;

interface Named {
  name: string;
  verboseName: string | null;
}

/**
 * `row` with the given properties of `values`; null takes a property back to its default. A verbose name that is only
 * the derived one sent back stays derived, so it still follows the name.
 */
const assign = <T extends Named>(row: T, values: Partial<Named>, defaults: object): T => {
  const isDerived = values.verboseName === humanize(row.name ?? values.name ?? '');
  const fallback = new Map(Object.entries(defaults));
  const given = Object.entries(isDerived ? { ...values, verboseName: null } : values).filter(
    ([, value]) => value !== undefined,
  );
  return Object.assign(
    row,
    Object.fromEntries(given.map(([key, value]) => [key, value ?? fallback.get(key) ?? value])),
  );
};

export const newField = ({ id: _none, ...values }: SaveMetaFieldDto, id: string = randomUUID()): MetaField =>
  assign(Object.assign(new MetaField(), FIELD_DEFAULTS, { id, options: {} }), values, FIELD_DEFAULTS);

/** The same uuid for the same text. */
export const uuidOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');

/** What of the old type means nothing in the new one goes, unless it is given anew. */
const retyped = (field: MetaField, values: UpdateMetaFieldDto, types: FieldTypeRegistry): UpdateMetaFieldDto => {
  const [before, after] = [types.find(field.type), types.find(String(values.type ?? field.type))];
  if (after === undefined || before === after) return values;
  const known = Object.keys((after.optionsSchema['properties'] ?? {}) as object);
  const options = Object.fromEntries(Object.entries(field.options).filter(([name]) => known.includes(name)));
  const isWord = typeof field.default === 'string' && before?.defaultFunctions?.[field.default] !== undefined;
  return {
    options,
    ...(after.relation === undefined ? { relatedModel: null } : {}),
    ...(isWord && after.defaultFunctions?.[String(field.default)] === undefined ? { default: null } : {}),
    ...values,
  } as UpdateMetaFieldDto;
};

export const changeField = (field: MetaField, values: UpdateMetaFieldDto, types: FieldTypeRegistry): MetaField =>
  assign(field, retyped(field, values, types), FIELD_DEFAULTS);

const unknownField = (id: string, path: string): InvalidDefinitionError => {
  const message = `The model has no field with id ${id}. Leave the id out to add a new field.`;
  return new InvalidDefinitionError([{ path, code: 'unknown_field', message }]);
};

/** The whole list of a model's fields: those with an id are matched, the others are new. */
const saveFields = (
  known: readonly MetaField[],
  values: readonly SaveMetaFieldDto[],
  prefix: string,
  newId: (position: number) => string,
  types?: FieldTypeRegistry,
): MetaField[] =>
  values.map((value, position) => {
    if (value.id === undefined) return newField(value, newId(position));
    const field = known.find(({ id }) => id === value.id);
    if (field === undefined || types === undefined) throw unknownField(value.id, `${prefix}fields.${position}.id`);
    return changeField(field, value, types);
  });

export const newModel = (
  values: UpdateMetaModelDto,
  defaults: { readonly defaultApp: string; readonly defaultAdmin: boolean },
  prefix: string,
  /** Ids are made from it; without it they are random. */
  seed?: string,
): MetaModel => {
  const newId = (name: string) => (seed === undefined ? randomUUID() : uuidOf(`${seed}:${name}`));
  const { fields = [], ...own } = values;
  const settings = { app: defaults.defaultApp, admin: defaults.defaultAdmin };
  const model = Object.assign(new MetaModel(), { ...MODEL_DEFAULTS, ...settings, id: newId('model') });
  model.fields = saveFields([], fields ?? [], prefix, (position) => newId(String(position)));
  return assign(model, own, { ...MODEL_DEFAULTS, ...settings });
};

/** @param seed what the ids of new fields are made from */
export const changeModel = (
  model: MetaModel,
  values: UpdateMetaModelDto,
  seed: string,
  types: FieldTypeRegistry,
): MetaModel => {
  const { fields, ...own } = values;
  if (fields !== undefined && fields !== null) {
    const newId = (position: number) => uuidOf(`${seed}:${position}`);
    model.fields = saveFields(model.fields, fields, '', newId, types);
  }
  return assign(model, own, MODEL_DEFAULTS);
};

/** Gives a place to the fields that have none. */
export const assignOrders = (fields: readonly MetaField[]): void => {
  const orders = ordersOf(fields);
  for (const [position, field] of fields.entries()) field.order = orders[position] ?? position;
};

/** Where each row stands in the request: what paths of its errors begin with. */
export const pathsOf = (model: MetaModel, prefix: string): readonly (readonly [string, string])[] => [
  [model.id, prefix],
  ...model.fields.map((field, position) => [field.id, `${prefix}fields.${position}.`] as const),
];

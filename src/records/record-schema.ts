import type { FieldDefinition, Json } from '../definition/field-definition.js';
import type { InverseRelation } from '../definition/inverse-relation.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { defaultFunction } from '../field-types/default-function.js';
import type { FieldType, JsonSchema } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { notEmpty } from '../field-types/not-empty.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { keyOf } from '../field-types/record-key.js';
import { inverseSchema, isSingle } from './inverse-schema.js';
import { manyInput, type RelationInput, singleInput } from './relation-input.js';

/** Adds null to what a schema allows. */
const nullable = (schema: JsonSchema): JsonSchema => {
  const { type, enum: values } = schema;
  return {
    ...schema,
    ...(type === undefined ? {} : { type: [...(Array.isArray(type) ? (type as Json[]) : [type]), 'null'] as Json }),
    ...(values === undefined ? {} : { enum: [...(values as readonly Json[]), null] }),
  };
};

const described = (schema: JsonSchema, field: FieldDefinition): JsonSchema => ({
  ...schema,
  title: field.verboseName,
  ...(field.help === '' ? {} : { description: field.help }),
});

/** Adds the field's choices to what a schema says; where a value is a list, to its items. */
const withChoices = (schema: JsonSchema, type: FieldType, { choices }: FieldDefinition): JsonSchema => {
  if (choices.length === 0) return schema;
  const values = choices.map(({ value }) => value);
  return type.choosesMany
    ? { ...schema, items: { ...(schema['items'] as JsonSchema), enum: values } }
    : { ...schema, enum: values };
};

/**
 * Says in words what a field is when nothing is given. Not with the keyword `default`: generators of clients take what
 * has a default for something that is always there, and would ask for it in every body.
 */
const defaulting = (schema: JsonSchema, value: Json): JsonSchema => {
  const words = `${JSON.stringify(value)} when left out.`;
  return {
    ...schema,
    description: schema['description'] === undefined ? words : `${String(schema['description'])} (${words})`,
  };
};

const isToMany = (field: FieldDefinition, types: FieldTypeRegistry): boolean =>
  types.get(field.type).relation?.(field).kind === 'to_many';

/** What the API shows for a field. Its choices are there where they are written as the value is shown. */
const shownSchema = (field: FieldDefinition, types: FieldTypeRegistry): JsonSchema => {
  const type = types.get(field.type);
  const schema = type.outputSchema?.(field) ?? type.jsonSchema(field);
  const isAsChosen =
    type.choosesMany || type.values === 'text' || ['integer', 'number'].includes(String(schema['type']));
  return isAsChosen ? withChoices(schema, type, field) : schema;
};

/** What a request may give for a field. */
const inputSchema = (field: FieldDefinition, types: FieldTypeRegistry): JsonSchema => {
  const type = types.get(field.type);
  const schema = withChoices(type.jsonSchema(field), type, field);
  if (field.required) return notEmpty(schema);
  return isToMany(field, types) || type.identity ? schema : nullable(schema);
};

/** What a request may give for the records that point here. */
const inverseInput = (inverse: InverseRelation, types: FieldTypeRegistry): RelationInput => {
  const { key } = primaryKeyOf(inverse.model.primaryKey);
  return isSingle(inverse, types)
    ? singleInput(inverse.name, key)
    : manyInput(inverse.name, key, { type: 'array', uniqueItems: true, items: key.jsonSchema });
};

/** Whether a create must give a value. */
const mustBeGiven = (field: FieldDefinition, types: FieldTypeRegistry): boolean =>
  field.required && field.default === null && !types.get(field.type).identity;

const objectSchema = (properties: { readonly [name: string]: Json }, required: readonly string[]): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
  additionalProperties: false,
});

/** JSON schemas of a model's records: validation and OpenAPI read the same ones. */
export class RecordSchema {
  /** Body of POST and PUT. */
  readonly create: JsonSchema;
  /** Body of PATCH. */
  readonly patch: JsonSchema;
  /** Body of PUT without an id in the address, where the record may exist. */
  readonly upsert: JsonSchema;
  /** A record as the API shows it. */
  readonly output: JsonSchema;
  /** What bodies may give for a new record. */
  readonly names: readonly string[];
  /** What bodies may give for related records that have no column here, by name. */
  readonly relations: ReadonlyMap<string, RelationInput>;

  constructor(definition: ModelDefinition, types: FieldTypeRegistry, inverses: readonly InverseRelation[] = []) {
    const { key, givenSchema } = primaryKeyOf(definition.primaryKey);
    const given = definition.fields.filter((field) => types.get(field.type).automatic?.(field) === undefined);
    const many = given
      .filter((field) => isToMany(field, types))
      .map((field) => manyInput(field.name, keyOf(field.relatedKey), inputSchema(field, types)));
    const pointing = inverses.map((inverse) => inverseInput(inverse, types));
    this.relations = new Map([...many, ...pointing].map((input) => [input.name, input]));

    const shownInverses = inverses.map((inverse) => [inverse.name, inverseSchema(inverse, types)] as const);
    const labels = new Map(shownInverses.map(([key, { title, description }]) => [key, { title, description }]));
    const inputOf = (field: FieldDefinition) =>
      described(this.relations.get(field.name)?.schema ?? inputSchema(field, types), field);
    const pointingInputs = pointing.map((input) => {
      return [input.name, { ...input.schema, ...labels.get(input.name) }] as const;
    });
    const withDefault = (field: FieldDefinition): JsonSchema => {
      // The word that stands for a computed default is no value.
      const isValue = field.default !== null && defaultFunction(types.get(field.type), field) === undefined;
      return isValue ? defaulting(inputOf(field), field.default) : inputOf(field);
    };
    const name = qualifiedName(definition);
    const required = given.filter((field) => mustBeGiven(field, types)).map((field) => field.name);
    const created = [...given.map((field) => [field.name, withDefault(field)] as const), ...pointingInputs];
    this.create = { title: name, ...objectSchema({ id: givenSchema, ...Object.fromEntries(created) }, required) };

    this.names = ['id', ...created.map(([each]) => each)];

    const changed = Object.fromEntries([
      ...given.map((field) => [field.name, inputOf(field)] as const),
      ...pointingInputs,
    ]);
    this.patch = { title: `${name} (changes)`, ...objectSchema(changed, []) };
    this.upsert = { title: `${name} (record or changes)`, ...objectSchema({ id: givenSchema, ...changed }, []) };

    const outputs = definition.fields.map((field) => {
      const type = types.get(field.type);
      const schema = shownSchema(field, types);
      const isOptional = !field.required && !type.identity && !isToMany(field, types);
      const shown = described(isOptional ? nullable(schema) : schema, field);
      return [field.name, type.automatic?.(field) === undefined ? shown : { ...shown, readOnly: true }] as const;
    });
    this.output = {
      title: name,
      ...objectSchema({ id: key.outputSchema, ...Object.fromEntries([...outputs, ...shownInverses]) }, [
        'id',
        ...[...outputs, ...shownInverses].map(([name]) => name),
      ]),
    };
  }
}

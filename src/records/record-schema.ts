import type { FieldDefinition, Json } from '../definition/field-definition.js';
import type { InverseRelation } from '../definition/inverse-relation.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { JsonSchema } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { inverseSchema } from './inverse-select.js';

/** Adds null to what a schema allows. */
const nullable = (schema: JsonSchema): JsonSchema => {
  const { type, enum: values } = schema;
  return {
    ...schema,
    ...(type === undefined ? {} : { type: [...(Array.isArray(type) ? (type as Json[]) : [type]), 'null'] as Json }),
    ...(values === undefined ? {} : { enum: [...(values as readonly Json[]), null] }),
  };
};

/** Refuses the empty text and the empty list. */
const notEmpty = (schema: JsonSchema): JsonSchema => {
  if (schema['type'] === 'string') return { minLength: 1, ...schema };
  return schema['type'] === 'array' ? { minItems: 1, ...schema } : schema;
};

const described = (schema: JsonSchema, field: FieldDefinition): JsonSchema => ({
  ...schema,
  title: field.verboseName,
  ...(field.help === '' ? {} : { description: field.help }),
});

/** What a request may give for a field. */
const inputSchema = (field: FieldDefinition, types: FieldTypeRegistry): JsonSchema => {
  const type = types.get(field.type);
  const isToMany = type.relation?.(field).kind === 'to_many';
  const schema = {
    ...type.jsonSchema(field),
    ...(field.choices.length === 0 ? {} : { enum: field.choices.map(({ value }) => value) }),
  };
  if (field.required) return notEmpty(schema);
  return isToMany ? schema : nullable(schema);
};

/** Whether a create must give a value. */
const mustBeGiven = (field: FieldDefinition): boolean => field.required && field.default === null;

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
  /** A record as the API shows it. */
  readonly output: JsonSchema;
  /** Names that records show and that no body may give. */
  readonly readOnly: ReadonlySet<string>;

  constructor(definition: ModelDefinition, types: FieldTypeRegistry, inverses: readonly InverseRelation[] = []) {
    const { key, givenSchema } = primaryKeyOf(definition.primaryKey);
    this.readOnly = new Set(inverses.map(({ name }) => name));
    const inputs = Object.fromEntries(
      definition.fields.map((field) => {
        const schema = described(inputSchema(field, types), field);
        return [field.name, field.default === null ? schema : { ...schema, default: field.default }];
      }),
    );
    const required = definition.fields.filter(mustBeGiven).map(({ name }) => name);
    this.create = { title: qualifiedName(definition), ...objectSchema({ id: givenSchema, ...inputs }, required) };

    const changes = definition.fields.map(
      (field) => [field.name, described(inputSchema(field, types), field)] as const,
    );
    this.patch = { title: `${qualifiedName(definition)} (changes)`, ...objectSchema(Object.fromEntries(changes), []) };

    const outputs = definition.fields.map((field) => {
      const type = types.get(field.type);
      const schema = type.outputSchema?.(field) ?? type.jsonSchema(field);
      const isOptional = !field.required && type.relation?.(field).kind !== 'to_many';
      return [field.name, described(isOptional ? nullable(schema) : schema, field)] as const;
    });
    const shown = inverses.map((inverse) => [inverse.name, inverseSchema(inverse, types)] as const);
    this.output = {
      title: qualifiedName(definition),
      ...objectSchema({ id: key.outputSchema, ...Object.fromEntries([...outputs, ...shown]) }, [
        'id',
        ...[...outputs, ...shown].map(([name]) => name),
      ]),
    };
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../definition/field-definition.js';
import type { JsonSchema } from '../field-types/field-type.js';
import { mayGive } from '../records/access/field-rights.js';
import type { Action } from '../records/record-action.js';
import type { RecordSchema } from '../records/record-schema.js';
import type { DocumentedRights } from './openapi.rights.js';

/** What the schemas of a model's records are called in a document. */
export interface SchemaNames {
  readonly record: string;
  readonly input: string;
  readonly replacement: string;
  readonly patch: string;
  readonly upsert: string;
  readonly page: string;
  /** What an answer has of a record that was just written. */
  readonly written: string;
}

/** The schema of an object with these properties only. */
const narrowed = (schema: JsonSchema, isAllowed: (name: string) => boolean): JsonSchema => {
  const { required = [], ...rest } = schema;
  const given = Object.entries(schema['properties'] as { readonly [name: string]: Json });
  const kept = given.filter(([name]) => isAllowed(name));
  if (kept.length === given.length) return schema;
  const needed = (required as readonly string[]).filter(isAllowed);
  return {
    ...rest,
    properties: Object.fromEntries(kept),
    ...(needed.length === 0 ? {} : { required: needed }),
  };
};

/** Said instead of a record that is out of its author's sight. */
const OUT_OF_SIGHT = 'Only the id, where the record is not among those that you may see.';

/** The schemas of a model's records, with the fields that may be seen and written. @param model its name */
export const describeSchemas = (model: string, schema: RecordSchema, { fields, mayLoseSight }: DocumentedRights) => {
  const given = (of: JsonSchema, action: Action) => narrowed(of, (name) => mayGive(fields, action, name));
  const output = narrowed(schema.output, (name) => name === 'id' || fields.maySee(name));
  const input = given(schema.create, 'create');
  const whole = given(schema.create, 'replace');
  // What is left as it is, because somebody may not write all of it, keeps its id without saying so.
  const replacement = fields.mayReplace ? whole : narrowed(whole, (name) => name !== 'id');
  const names: SchemaNames = {
    record: model,
    input: `${model}.input`,
    replacement: isDeepStrictEqual(replacement, input) ? `${model}.input` : `${model}.replacement`,
    patch: `${model}.patch`,
    upsert: `${model}.upsert`,
    page: `${model}.page`,
    written: mayLoseSight ? `${model}.written` : model,
  };
  const reference = { ...narrowed(output, (name) => name === 'id'), description: OUT_OF_SIGHT };
  const schemas = {
    ...(mayLoseSight ? { [names.written]: { anyOf: [{ $ref: `#/components/schemas/${model}` }, reference] } } : {}),
    [names.record]: output,
    [names.replacement]: replacement,
    [names.input]: input,
    [names.patch]: given(schema.patch, 'patch'),
    [names.upsert]: given(schema.upsert, 'upsert'),
  };
  return { names, schemas };
};

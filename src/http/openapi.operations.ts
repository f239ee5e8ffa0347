import { foldName } from '../definition/identifiers.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordSchema } from '../records/record-schema.js';
import { exportOperation, importOperation } from './openapi.exchange.js';
import type { QueryDescription } from './openapi.list.js';
import { PAGED, pageSchema } from './openapi.page.js';
import { json, oneOrMany, parameterReference, reference } from './openapi.parts.js';
import { problems } from './openapi.problems.js';
import { TAGGED } from './openapi.tags.js';

/** What one model adds to the document. */
export interface Fragment {
  readonly paths: object;
  readonly schemas: object;
  readonly parameters: object;
}

/** What else its operations take. */
interface Queries extends QueryDescription {
  /** What `on` may name. */
  readonly keys: readonly (readonly string[])[];
}

const IF_MATCH = parameterReference('records.ifMatch');
const IF_NONE_MATCH = parameterReference('records.ifNoneMatch');
const counted = (description: string) => ({ 200: { description, content: json(reference('RecordCount')) } });

/** The paths and schemas of one model's records. @param prefix of the record routes, such as `/api` */
export const describeRecords = (
  definition: ModelDefinition,
  schema: RecordSchema,
  prefix: string,
  queries: Queries,
): Fragment => {
  const { app, name, verboseName } = definition;
  const schemaName = `${app}.${name}`;
  const [input, patch, upsert] = [`${schemaName}.input`, `${schemaName}.patch`, `${schemaName}.upsert`];
  const pageName = `${schemaName}.page`;
  const tags = [schemaName];
  const id = { name: 'id', in: 'path', required: true, schema: primaryKeyOf(definition.primaryKey).key.outputSchema };
  const operation = (action: string, summary: string, rest: object) => ({
    operationId: `${foldName(app)}_${foldName(name)}_${action}`,
    tags,
    summary,
    ...rest,
  });
  const record = (description: string) => ({ description, ...TAGGED, content: json(reference(schemaName)) });
  const records = (description: string) => ({ description, ...TAGGED, content: json(oneOrMany(schemaName)) });
  const body = (content: object) => ({ required: true, content: json(content) });
  const on = {
    name: 'on',
    in: 'query',
    required: true,
    description: 'By which values records are the same.',
    schema: { type: 'string', enum: queries.keys.map((names) => names.join(',')) },
  };
  const page = {
    description: 'A page of records, whole unless select or include say otherwise; with aggregate, RecordGroups',
    ...PAGED,
  };
  const path = `${prefix}/${app.toLowerCase()}/${name.toLowerCase()}`;
  return {
    schemas: {
      [schemaName]: schema.output,
      [input]: schema.create,
      [patch]: schema.patch,
      [upsert]: schema.upsert,
      [pageName]: pageSchema(schemaName),
    },
    parameters: queries.components,
    paths: {
      [path]: {
        get: operation('list', `List records of ${verboseName}`, {
          parameters: queries.list,
          responses: { 200: { ...page, content: json(reference(pageName)) }, ...problems(400, 404) },
        }),
        post: operation('create', `Create one or many records of ${verboseName}`, {
          requestBody: body(oneOrMany(input)),
          responses: { 201: records('What was created'), ...problems(400, 404, 409, 422) },
        }),
        put: operation('upsert', `Create records of ${verboseName}, or change those that have the same key`, {
          parameters: [on],
          requestBody: body(oneOrMany(upsert)),
          responses: { 200: records('The records as they are now'), ...problems(400, 404, 409, 422) },
        }),
        patch: operation('update_where', `Change some values of all records of ${verboseName} that fit`, {
          parameters: queries.filter,
          requestBody: body(reference(patch)),
          responses: { ...counted('How many were changed'), ...problems(400, 404, 409, 422) },
        }),
        delete: operation('destroy_where', `Delete all records of ${verboseName} that fit`, {
          parameters: queries.filter,
          responses: { ...counted('How many were deleted'), ...problems(400, 404, 409) },
        }),
      },
      [`${path}/export`]: {
        get: operation(
          'export',
          `Export records of ${verboseName} as a file`,
          exportOperation(queries.export, schemaName),
        ),
      },
      [`${path}/import`]: {
        post: operation('import', `Import records of ${verboseName} from a file`, importOperation(on, input, upsert)),
      },
      [`${path}/query`]: {
        post: operation('query', `List records of ${verboseName}, for queries that are long`, {
          requestBody: body(reference('RecordQuery')),
          responses: {
            200: {
              ...page,
              content: json({ anyOf: [reference(pageName), reference('RecordGroups')] }),
            },
            ...problems(400, 404),
          },
        }),
      },
      [`${path}/{id}`]: {
        parameters: [id],
        get: operation('retrieve', `Retrieve a record of ${verboseName}`, {
          parameters: [...queries.retrieve, IF_NONE_MATCH],
          responses: {
            200: record('The record'),
            304: { description: 'The client has it already', ...TAGGED },
            ...problems(400, 404),
          },
        }),
        patch: operation('update', `Change some values of a record of ${verboseName}`, {
          parameters: [IF_MATCH],
          requestBody: body(reference(patch)),
          responses: { 200: record('The changed record'), ...problems(400, 404, 409, 412, 422) },
        }),
        put: operation('replace', `Change all values of a record of ${verboseName}`, {
          parameters: [IF_MATCH],
          requestBody: body(reference(input)),
          responses: { 200: record('The changed record'), ...problems(400, 404, 409, 412, 422) },
        }),
        delete: operation('destroy', `Delete a record of ${verboseName}`, {
          parameters: [IF_MATCH],
          responses: { 204: { description: 'Deleted' }, ...problems(404, 409, 412) },
        }),
      },
    },
  };
};

import { foldName } from '../definition/identifiers.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { JsonSchema } from '../field-types/field-type.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { exportOperation, importOperation, upsertParameter } from './openapi.exchange.js';
import { withKey } from './openapi.idempotency.js';
import type { QueryDescription } from './openapi.list.js';
import { PAGED, pageSchema } from './openapi.page.js';
import { json, oneOrMany, parameterReference, reference, withOperations } from './openapi.parts.js';
import { problems } from './openapi.problems.js';
import type { DocumentedRights } from './openapi.rights.js';
import type { SchemaNames } from './openapi.schemas.js';
import { TAGGED } from './openapi.tags.js';
import { versioned } from './openapi.version.js';

/** What one model adds to the document. */
export interface Fragment {
  readonly paths: object;
  readonly schemas: object;
  readonly parameters: object;
}

/** What the document says of one model. */
interface DescribedModel {
  /** Of the record routes, such as `/api`. */
  readonly prefix: string;
  readonly rights: DocumentedRights;
  readonly names: SchemaNames;
  readonly schemas: { readonly [name: string]: JsonSchema };
  readonly queries: QueryDescription;
  /** Whether its writes may be sent with an idempotency key. */
  readonly hasKeys: boolean;
  /** What `on` may name. */
  readonly keys: readonly (readonly string[])[];
}

const IF_MATCH = parameterReference('records.ifMatch');
const IF_NONE_MATCH = parameterReference('records.ifNoneMatch');
const counted = (description: string) => ({ 200: { description, content: json(reference('RecordCount')) } });
const body = (content: object) => ({ required: true, content: json(content) });

/** The paths and schemas of one model's records, as far as the rights go. */
export const describeRecords = (
  definition: ModelDefinition,
  { prefix, rights, names, schemas, queries, keys, hasKeys }: DescribedModel,
): Fragment => {
  const { app, name, verboseName } = definition;
  const tags = [qualifiedName(definition)];
  const id = { name: 'id', in: 'path', required: true, schema: primaryKeyOf(definition.primaryKey).key.outputSchema };
  const operation = (isAllowed: boolean, action: string, summary: string, rest: object) =>
    isAllowed ? { operationId: `${foldName(app)}_${foldName(name)}_${action}`, tags, summary, ...rest } : undefined;
  const write = (isAllowed: boolean, action: string, summary: string, rest: object) => {
    const described = operation(isAllowed, action, summary, rest);
    return hasKeys && described !== undefined ? withKey(described) : described;
  };
  const record = (description: string) => ({ description, ...TAGGED, content: json(reference(names.record)) });
  const written = (description: string) => ({ description, ...TAGGED, content: json(oneOrMany(names.written)) });
  const on = upsertParameter(keys);
  const [mayView, mayAdd, mayChange] = [rights.may('view'), rights.may('add'), rights.may('change')];
  const [mayDelete, mayUpsert] = [rights.may('delete'), mayAdd && mayChange && keys.length > 0];
  const page = {
    description: 'A page of records, whole unless select or include say otherwise; with aggregate, RecordGroups',
    ...PAGED,
  };
  const path = `${prefix}/${app.toLowerCase()}/${name.toLowerCase()}`;
  return {
    schemas: { ...schemas, [names.page]: pageSchema(names.record) },
    parameters: queries.components,
    paths: versioned(
      withOperations({
        [path]: {
          get: operation(mayView, 'list', `List records of ${verboseName}`, {
            parameters: queries.list,
            responses: { 200: { ...page, content: json(reference(names.page)) }, ...problems(400, 404) },
          }),
          post: write(mayAdd, 'create', `Create one or many records of ${verboseName}`, {
            requestBody: body(oneOrMany(names.input)),
            responses: { 201: written('What was created'), ...problems(400, 404, 409, 422) },
          }),
          put: write(mayUpsert, 'upsert', `Create records of ${verboseName}, or change those that have the same key`, {
            parameters: [on],
            requestBody: body(oneOrMany(names.upsert)),
            responses: { 200: written('The records as they are now'), ...problems(400, 404, 409, 422) },
          }),
          patch: write(mayChange, 'update_where', `Change some values of all records of ${verboseName} that fit`, {
            parameters: queries.filter,
            requestBody: body(reference(names.patch)),
            responses: { ...counted('How many were changed'), ...problems(400, 404, 409, 422) },
          }),
          delete: write(mayDelete, 'destroy_where', `Delete all records of ${verboseName} that fit`, {
            parameters: queries.filter,
            responses: { ...counted('How many were deleted'), ...problems(400, 404, 409) },
          }),
        },
        [`${path}/export`]: {
          get: operation(
            mayView,
            'export',
            `Export records of ${verboseName} as a file`,
            exportOperation(queries.export, names.record),
          ),
        },
        [`${path}/import`]: {
          post: operation(
            mayAdd,
            'import',
            `Import records of ${verboseName} from a file`,
            importOperation(names.input, mayUpsert ? { on, schema: names.upsert } : undefined),
          ),
        },
        [`${path}/query`]: {
          post: operation(mayView, 'query', `List records of ${verboseName}, for queries that are long`, {
            requestBody: body(reference('RecordQuery')),
            responses: {
              200: {
                ...page,
                content: json({ anyOf: [reference(names.page), reference('RecordGroups')] }),
              },
              ...problems(400, 404),
            },
          }),
        },
        [`${path}/{id}`]: {
          parameters: [id],
          get: operation(mayView, 'retrieve', `Retrieve a record of ${verboseName}`, {
            parameters: [...queries.retrieve, IF_NONE_MATCH],
            responses: {
              200: record('The record'),
              304: { description: 'The client has it already', ...TAGGED },
              ...problems(400, 404),
            },
          }),
          patch: write(mayChange, 'update', `Change some values of a record of ${verboseName}`, {
            parameters: [IF_MATCH],
            requestBody: body(reference(names.patch)),
            responses: { 200: record('The changed record'), ...problems(400, 404, 409, 412, 422) },
          }),
          put: write(mayChange, 'replace', `Change all values of a record of ${verboseName}`, {
            parameters: [IF_MATCH],
            requestBody: body(reference(names.replacement)),
            responses: { 200: record('The changed record'), ...problems(400, 404, 409, 412, 422) },
          }),
          delete: write(mayDelete, 'destroy', `Delete a record of ${verboseName}`, {
            parameters: [IF_MATCH],
            responses: { 204: { description: 'Deleted' }, ...problems(404, 409, 412) },
          }),
        },
      }),
    ),
  };
};

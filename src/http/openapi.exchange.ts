import { EXPORT_FORMATS } from '../records/exchange/export-format.js';
import { MOST_ERRORS } from '../records/exchange/import-parameters.js';
import { STREAMED_TYPES } from './import-body.js';
import { json, queryParameter, reference } from './openapi.parts.js';
import { problems } from './openapi.problems.js';

const parameter = (name: string, description: string, schema: object) => queryParameter(name, schema, description);

const COUNT = { type: 'integer', minimum: 0 };
const TEXT = { type: 'string' };

const IMPORT_ERROR = {
  type: 'object',
  required: ['path', 'code', 'message', 'line', 'record'],
  properties: {
    path: TEXT,
    code: TEXT,
    message: TEXT,
    line: { type: ['integer', 'null'], description: 'Line on which the record begins, from 1.' },
    record: { type: ['integer', 'null'], description: 'Number of the record, from 1.' },
  },
};

/** What became of a file. */
export const IMPORT_REPORT_SCHEMA = {
  type: 'object',
  required: ['records', 'created', 'updated', 'failed', 'dryRun', 'ignored', 'errors'],
  properties: {
    records: { ...COUNT, description: 'How many the file has.' },
    created: COUNT,
    updated: COUNT,
    failed: { ...COUNT, description: 'How many were left out, because they are wrong.' },
    dryRun: { type: 'boolean' },
    ignored: { type: 'array', items: TEXT, description: 'Fields of the file that the server fills in itself.' },
    errors: { type: 'array', items: IMPORT_ERROR, description: 'The first hundred, or as many as maxErrors says.' },
  },
};

/** @param selecting parameters that say which records @param record name of their schema */
export const exportOperation = (selecting: readonly object[], record: string) => ({
  parameters: [
    parameter('format', 'Of the file; csv where nothing is said.', {
      type: 'string',
      enum: [...EXPORT_FORMATS.keys()],
    }),
    ...selecting,
  ],
  responses: {
    200: {
      description: 'A file of all records that fit: their own fields, or what select names',
      headers: { 'Content-Disposition': { description: 'With a name for the file.', schema: TEXT } },
      content: {
        'text/csv': { schema: TEXT },
        ...json({ type: 'array', items: { ...RECORD, description: `A record as in ${record}, with these fields.` } }),
        'application/x-ndjson': { schema: TEXT },
      },
    },
    ...problems(400, 404),
  },
});

const COLUMNS =
  'Which fields the columns are that are called otherwise, as a JSON object: {"Name of it":"title","Remark":null}. Null leaves a column out.';
const ON = 'By which values records are found and changed; without it all are new.';

const RECORD = { type: 'object', additionalProperties: true };

/** The parameter of an upsert. @param keys names of fields that are unique, alone or together */
export const upsertParameter = (keys: readonly (readonly string[])[]) => ({
  name: 'on',
  in: 'query',
  required: true,
  description: 'By which values records are the same.',
  schema: { type: 'string', enum: keys.map((names) => names.join(',')) },
});

/** How a file may change records, too: by the parameter of an upsert, with bodies of that schema. */
interface Upserting {
  readonly on: object;
  readonly schema: string;
}

/** @param input name of the schema of a new record @param upserting left out where nothing may be changed */
export const importOperation = (input: string, upserting?: Upserting) => ({
  parameters: [
    parameter('dryRun', 'Whether only to say what would happen.', { type: 'boolean' }),
    parameter('onError', 'Whether one wrong record refuses all (abort, the default), or is left out (skip).', {
      type: 'string',
      enum: ['abort', 'skip'],
    }),
    ...(upserting === undefined ? [] : [{ ...upserting.on, required: false, description: ON }]),
    parameter('delimiter', 'Between the cells of a CSV file. Without it the first line decides.', {
      type: 'string',
      enum: [',', ';', 'tab'],
    }),
    parameter('columns', COLUMNS, TEXT),
    parameter('maxErrors', 'How many mistakes are listed; 100 where nothing is said.', {
      type: 'integer',
      minimum: 1,
      maximum: MOST_ERRORS,
    }),
  ],
  requestBody: {
    required: true,
    content: {
      ...Object.fromEntries(STREAMED_TYPES.map((type) => [type, { schema: TEXT }])),
      ...json({
        type: 'array',
        items: upserting === undefined ? reference(input) : { anyOf: [reference(input), reference(upserting.schema)] },
      }),
    },
  },
  responses: {
    200: { description: 'What became of the file', content: json(reference('ImportReport')) },
    ...problems(400, 404, 409, 422),
  },
});

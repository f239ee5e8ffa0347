import type { JsonSchema } from '../field-types/field-type.js';

/** RFC 9457, as the API answers every error. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'errors', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; meant for programs.' },
    detail: { type: 'string', description: 'What is wrong and what to do.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'message'],
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
    requestId: { type: 'string' },
  },
};

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The query is not understood',
  404: 'There is no such record',
  409: 'The change does not fit other records',
  412: 'Somebody else has changed the record',
  422: 'The body does not fit the model',
};

/** Responses for these statuses. */
export const problems = (...statuses: readonly number[]): object =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: DESCRIPTIONS[status] ?? 'An error',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );

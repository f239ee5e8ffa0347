import type { JsonSchema } from '../field-types/field-type.js';

const TEXT = { type: 'string' };

/** RFC 9457, as the API answers every error. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'An error. Some have more to say, such as the "plan" of a change that would lose something.',
  required: ['type', 'title', 'status', 'code', 'detail', 'errors', 'requestId'],
  properties: {
    type: TEXT,
    title: TEXT,
    status: { type: 'integer' },
    code: { ...TEXT, description: 'Stable; meant for programs.' },
    detail: { ...TEXT, description: 'What is wrong and what to do.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'message'],
        properties: { path: TEXT, code: TEXT, message: TEXT },
      },
    },
    requestId: TEXT,
  },
  example: {
    type: 'about:blank',
    title: 'Unprocessable Content',
    status: 422,
    code: 'validation_failed',
    detail: 'The record has 1 mistake.',
    errors: [{ path: 'title', code: 'required', message: '"title" is required.' }],
    requestId: '5b0f4a1e-6d0c-4c53-9a50-2f6a3b1d7c11',
  },
};

const DESCRIPTIONS = {
  400: 'The request is not understood',
  404: 'There is no such record, or no such model any more',
  409: 'The change does not fit other records',
  412: 'Somebody else has changed the record',
  422: 'The body does not fit the model',
  default: 'Any other error',
} as const;

type Status = keyof typeof DESCRIPTIONS;

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** The answers to errors, which the paths of all models share. */
export const PROBLEM_RESPONSES = Object.fromEntries(
  Object.entries(DESCRIPTIONS).map(([status, description]) => [
    `Problem.${status}`,
    { description, content: problemContent },
  ]),
);

/** Responses for these statuses, and for every error that has none of its own. */
export const problems = (...statuses: readonly Exclude<Status, 'default'>[]): object =>
  Object.fromEntries(
    [...statuses, 'default'].map((status) => [status, { $ref: `#/components/responses/Problem.${status}` }]),
  );

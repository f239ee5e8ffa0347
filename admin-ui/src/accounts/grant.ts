import type { JsonObject } from '../api/json.js';

/** What can be done with the records of a model. */
export const RECORD_ACTIONS = ['view', 'add', 'change', 'delete'] as const;

export type RecordAction = (typeof RECORD_ACTIONS)[number];

/** A permission as the API shows it. `schema` is to see and change models and fields, and has no model. */
export interface Grant {
  readonly action: RecordAction | 'schema';
  readonly model?: string;
  readonly modelId?: string;
  /** Left out: all. */
  readonly fields?: readonly string[];
  /** A filter tree that records have to fit. Left out: all of them. */
  readonly where?: JsonObject;
}

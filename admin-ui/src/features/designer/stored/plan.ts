import { isObject, type Json } from '../../../api/json.js';

/** One step of a plan. */
export interface Operation {
  readonly kind: string;
  /** A sentence. */
  readonly description: string;
  /** Loses data. */
  readonly destructive: boolean;
  readonly rewrites: string;
  readonly rows: number;
  readonly sql: readonly string[];
}

/** Rows in the way of a plan. */
export interface Blocker {
  /** Names of the fields, such as `title` or `composer, year`. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly count: number;
  readonly samples: readonly Readonly<Record<string, Json>>[];
  /** What may be done about them. */
  readonly remedies: readonly string[];
}

/** What a change would do. */
export interface Plan {
  readonly hash: string;
  readonly destructive: boolean;
  readonly operations: readonly Operation[];
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly string[];
  /** Sentences about what is done in the background first; empty: the change is made at once. */
  readonly preparation: readonly string[];
}

/** The plan in the answer to a change that was not made because of it. */
export const planOf = ({ plan }: Readonly<Record<string, unknown>>): Plan | undefined =>
  // The server and this program belong to one build, so the answer is taken at its word.
  isObject(plan) && Array.isArray(plan['operations']) ? (plan as unknown as Plan) : undefined;

import type { PlanPreparation } from '../schema/preparation/plan-preparation.js';
import type { PreparationUndo, PreparationWork } from '../schema/preparation/preparation.js';

/** How far a change, or a step of it, is: `valid` is done, and proven for every row. */
export type BackgroundState = 'pending' | 'building' | 'valid' | 'failed' | 'cancelled';

/** One thing that is done before the change itself. */
export interface BackgroundStep {
  readonly position: number;
  /** A sentence, without the full stop. */
  readonly description: string;
  readonly state: Exclude<BackgroundState, 'cancelled'>;
  /** Rows, or blocks of a table, so far. */
  readonly done: number;
  /** Of all; null where that is not known. */
  readonly total: number | null;
}

/** Why a change was not made, as its answer would have said. */
export interface BackgroundError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** A change that is made in the background, as everybody may read it who may read definitions. */
export interface BackgroundChange {
  readonly id: string;
  readonly state: BackgroundState;
  /** Qualified names of the models that are changed. */
  readonly models: readonly string[];
  /** What the change does, one sentence a line. */
  readonly description: string;
  readonly steps: readonly BackgroundStep[];
  readonly by: string | null;
  /** ISO 8601, in UTC. */
  readonly createdAt: string;
  readonly finishedAt: string | null;
  /** Somebody wants it to end, and what was got ready is being removed. */
  readonly isCancelled: boolean;
  readonly error: BackgroundError | null;
}

/** What whoever works on a change needs to know besides. */
export interface BackgroundTask extends BackgroundChange {
  readonly edit: unknown;
  readonly prepared: {
    readonly hash: string;
    readonly answers: readonly boolean[];
    readonly rest: PlanPreparation['rest'];
  };
  readonly undo: readonly PreparationUndo[];
  readonly works: readonly PreparationWork[];
  readonly cursors: readonly (string | null)[];
  readonly address: string | null;
  readonly requestId: string | null;
  readonly result: { readonly ids: readonly string[] } | null;
}

/** What `insert` needs. */
export interface NewBackgroundChange {
  readonly modelIds: readonly string[];
  readonly models: readonly string[];
  readonly description: string;
  readonly edit: unknown;
  readonly prepared: BackgroundTask['prepared'];
  readonly preparation: PlanPreparation;
  readonly by: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

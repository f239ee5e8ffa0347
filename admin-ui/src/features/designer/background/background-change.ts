/** One thing that is done before the change itself. */
export interface BackgroundStep {
  readonly position: number;
  /** A sentence, without the full stop. */
  readonly description: string;
  readonly state: 'pending' | 'building' | 'valid' | 'failed';
  /** Rows, or blocks of the table, so far. */
  readonly done: number;
  /** Of all, estimated; null where that is not known. */
  readonly total: number | null;
}

export const BACKGROUND_STATES = ['pending', 'building', 'valid', 'failed', 'cancelled'] as const;

export type BackgroundState = (typeof BACKGROUND_STATES)[number];

/** A change of models that is, or was, made in the background. Times are in UTC. */
export interface BackgroundChange {
  readonly id: string;
  readonly state: BackgroundState;
  /** Such as `shop.Product`. */
  readonly models: readonly string[];
  /** What it does, one sentence a line. */
  readonly description: string;
  readonly steps: readonly BackgroundStep[];
  readonly by: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly isCancelled: boolean;
  /** Why it comes to nothing; there already while what was got ready is being removed. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

export const isUnderWay = ({ state }: BackgroundChange): boolean => state === 'pending' || state === 'building';

/** Whether it comes to nothing, whatever is still done. */
export const isEnding = ({ isCancelled, error }: BackgroundChange): boolean => isCancelled || error !== null;

/**
 * How much of a step is done, from 0 to 1; undefined where nobody knows. The total is an estimate: a step is never all done
 * before it says so, and one that has done more than all tells that the estimate is wrong.
 */
export const shareOf = ({ state, done, total }: BackgroundStep): number | undefined => {
  if (state === 'valid') return 1;
  if (state === 'pending') return 0;
  return total === null || total < Math.max(done, 1) ? undefined : Math.min(0.99, done / total);
};

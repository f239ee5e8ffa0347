/** What becomes of a change of models. `busy` is an attempt that gave way to traffic; Dynamo's own are tried again. */
export const CHANGE_OUTCOMES = ['applied', 'refused', 'busy', 'failed'] as const;
export type ChangeOutcome = (typeof CHANGE_OUTCOMES)[number];

/** What can be done with records. */
export const RECORD_OPERATIONS = [
  'list',
  'retrieve',
  'create',
  'update',
  'upsert',
  'delete',
  'update_where',
  'delete_where',
  'export',
  'import',
] as const;
export type RecordOperation = (typeof RECORD_OPERATIONS)[number];

/** What Dynamo's services tell of their work. What can be asked of them is no part of it. */
export interface Measures {
  /** Whether anybody wants to know what costs something to find out. */
  readonly isOn: boolean;
  /** @param seconds from the collected rows to the end */
  changeEnded(outcome: ChangeOutcome, seconds: number): void;
  /** A change of another process is known here. @param seconds since it was written */
  changeAdopted(seconds: number): void;
  recordsDone(operation: RecordOperation): void;
  /** Reading records took longer than it may. */
  readTimedOut(): void;
}

const nothing = (): void => undefined;

/** For those who measure nothing. */
export const NO_MEASURES: Measures = {
  isOn: false,
  changeEnded: nothing,
  changeAdopted: nothing,
  recordsDone: nothing,
  readTimedOut: nothing,
};

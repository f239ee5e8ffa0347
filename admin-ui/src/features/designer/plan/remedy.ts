import type { Json, JsonObject } from '../../../api/json.js';
import type { Blocker } from '../stored/plan.js';

/** What somebody has decided to do about rows in the way. */
export interface Remedy {
  readonly blocker: Blocker;
  readonly action: string;
  /** Of the field, as the API takes it; only for actions that put one in place. */
  readonly value?: Json;
  /** The same as people read it. */
  readonly shown: string;
}

/** Actions that put a value in place. */
export const NEEDS_VALUE: ReadonlySet<string> = new Set(['backfill', 'default']);

/** The `remedies` of a request: by path, several in turn where more than one thing stands in the way there. */
export const remediesBody = (remedies: readonly Remedy[]): JsonObject => {
  const byPath = Map.groupBy(remedies, ({ blocker }) => blocker.path);
  return Object.fromEntries(
    [...byPath].map(([path, own]) => [
      path,
      own.map(({ action, value }) => ({ action, ...(value === undefined ? {} : { value }) })),
    ]),
  );
};

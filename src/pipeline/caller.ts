import { type Author, PROGRAM } from '../access/author.js';
import type { Freshness } from '../database/replicas/replicas.js';
import type { AccessView } from './access-view.js';

/** Whoever asks for something. */
export interface Caller {
  /** Users with the same rights share a view, so that it does not know who they are. */
  readonly author: Author;
  /** The models as they may be seen and changed; undefined is the view of those who may do everything. */
  readonly view: AccessView | undefined;
  /** What reading must show. */
  readonly freshness: Freshness;
}

/** Programs see what their process has written. */
export const OWN_WRITES: Freshness = { isOwn: true };

/** The application's own hands. */
export const APPLICATION: Caller = { author: PROGRAM, view: undefined, freshness: OWN_WRITES };

const callers = new WeakMap<object, Caller>();

/** Remembers who sends a request, for as long as there is that request. */
export const setCaller = (request: object, caller: Caller): void => {
  callers.set(request, caller);
};

/** Who sends a request. @throws Error before the AccessGuard has seen it */
export const callerOf = (request: object): Caller => {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('No AccessGuard has seen this request.');
  return caller;
};

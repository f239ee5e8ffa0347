import { useEffect, useState } from 'react';
import { ApiError, type Mistake } from '../../../api/api-error.js';
import { callApi } from '../../../api/call-api.js';
import type { JsonObject } from '../../../api/json.js';
import type { Plan } from '../stored/plan.js';

/** How long nobody has typed before it is asked, in milliseconds. */
const PAUSE = 300;
/** Where the values stand in the request for a plan; in a save they are the whole body. */
const PREFIX = /^changes\.0\.values\./;

/** What is known of what a change would do. */
export interface Planned {
  /** Of the change that it belongs to; undefined while there is none, or it is asked for. */
  readonly plan: Plan | undefined;
  /** What keeps it from being planned. */
  readonly mistakes: readonly Mistake[];
  /** Why there is no plan, where nothing in particular is wrong. */
  readonly problem: unknown;
  readonly isAsking: boolean;
}

const NOTHING: Planned = { plan: undefined, mistakes: [], problem: undefined, isAsking: false };

/** Mistakes as the answer to a save has them. */
const ownMistakes = ({ mistakes }: ApiError): readonly Mistake[] =>
  mistakes.map((mistake) => ({ ...mistake, path: mistake.path.replace(PREFIX, '') }));

const refusal = (error: unknown): Planned => {
  const mistakes = error instanceof ApiError ? ownMistakes(error) : [];
  return { ...NOTHING, mistakes, problem: mistakes.length === 0 ? error : undefined };
};

/**
 * What a change would do, asked whenever it has become another; the answer to the last question wins.
 *
 * @param change as `meta/plan` takes it, undefined where there is none @param attempt another number asks again
 */
export const usePlan = (change: JsonObject | undefined, attempt: number): Planned => {
  const asked = change === undefined ? '' : JSON.stringify(change);
  const [answer, setAnswer] = useState<{ readonly to: string; readonly planned: Planned }>();

  useEffect(() => {
    if (asked === '') return undefined;
    const abort = new AbortController();
    const ask = async () => {
      try {
        const body = JSON.parse(asked) as JsonObject;
        const { body: plan } = await callApi('meta/plan', { method: 'POST', body, signal: abort.signal });
        setAnswer({ to: asked, planned: { ...NOTHING, plan: plan as Plan } });
      } catch (error) {
        if (!abort.signal.aborted) setAnswer({ to: asked, planned: refusal(error) });
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked, attempt]);

  if (asked === '') return NOTHING;
  if (answer?.to === asked) return answer.planned;
  // What was known stays in sight until the next answer, so that nothing flickers while somebody types.
  return { ...(answer?.planned ?? NOTHING), isAsking: true };
};

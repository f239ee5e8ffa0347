import { ApiError, type Mistake } from '../../../api/api-error.js';
import { callApi } from '../../../api/call-api.js';
import type { JsonObject } from '../../../api/json.js';
import type { BackgroundChange } from '../background/background-change.js';
import { readModel } from '../stored/model-queries.js';
import { type Plan, planOf } from '../stored/plan.js';
import type { ReadModel, StoredModel } from '../stored/stored-model.js';

/** What came of a save. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly read: ReadModel }
  /** It is being made in the background. */
  | { readonly kind: 'underWay'; readonly change: BackgroundChange }
  /** Another change is being made in the background, and this one has to wait. */
  | { readonly kind: 'held'; readonly changeId: string }
  /** It would lose what nobody has agreed to lose. */
  | { readonly kind: 'loss'; readonly plan: Plan; readonly isChanged: boolean }
  /** Somebody else has saved it meanwhile. */
  | { readonly kind: 'conflict'; readonly theirs: ReadModel }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'refused'; readonly mistakes: readonly Mistake[]; readonly message: string };

/** A model that is to be saved. */
export interface SaveRequest {
  /** Undefined for a new one. */
  readonly base: ReadModel | undefined;
  readonly body: JsonObject;
  /** Hash of the plan whose losses are agreed to. */
  readonly confirm: string | undefined;
}

const ACCEPTED = 202;
/** What takes longer is shown as being under way. */
const PREFER = 'wait=1';
const PRECONDITION_FAILED = 412;

const outcomeOf = async (error: ApiError, base: ReadModel | undefined): Promise<SaveOutcome> => {
  const { status, code, problem, mistakes, message } = error;
  if (code === 'change_under_way') return { kind: 'held', changeId: String(problem['changeId']) };
  const plan = planOf(problem);
  if (plan !== undefined) return { kind: 'loss', plan, isChanged: code === 'plan_changed' };
  if (Array.isArray(problem['blockers'])) return { kind: 'blocked' };
  if (status !== PRECONDITION_FAILED || base === undefined) return { kind: 'refused', mistakes, message };
  return { kind: 'conflict', theirs: await readModel(base.model.id) };
};

/** Saves a model. @throws OfflineError, and what is no answer to the save */
export const saveModel = async ({ base, body, confirm }: SaveRequest): Promise<SaveOutcome> => {
  try {
    const answer =
      base === undefined
        ? await callApi('meta/models', { method: 'POST', body })
        : await callApi(`meta/models/${base.model.id}${confirm === undefined ? '' : `?confirm=${confirm}`}`, {
            method: 'PATCH',
            body,
            prefer: PREFER,
            ifMatch: base.etag,
          });
    if (answer.status === ACCEPTED) return { kind: 'underWay', change: answer.body as BackgroundChange };
    return { kind: 'saved', read: { model: answer.body as StoredModel, etag: answer.etag } };
  } catch (error) {
    if (error instanceof ApiError) return outcomeOf(error, base);
    throw error;
  }
};

import type { AppliedState } from '../database/applied-model.store.js';
import type { RegisteredModel } from './model.registry.js';

/**
 * The models of which this node knows what the database does not: their ids.
 *
 * @param version up to which this node knew everything
 * @param states of all models, as they are in the database now
 */
export const lostModels = (
  models: readonly RegisteredModel[],
  version: number,
  states: readonly AppliedState[],
): ReadonlySet<string> => {
  const stored = new Map<string, AppliedState>(states.map((state) => [state.id, state]));
  const known = new Set<string>(models.map(({ id }) => id));
  const isLost = ({ id, version: own, hash }: RegisteredModel) => {
    const state = stored.get(id);
    if (state === undefined || state.version < own) return true;
    return state.version === own && (state.isDeleted || state.hash !== hash);
  };
  // Their deletion is lost.
  const isBack = (state: AppliedState) => !state.isDeleted && !known.has(state.id) && state.version <= version;
  return new Set([...models.filter(isLost), ...states.filter(isBack)].map(({ id }) => id));
};

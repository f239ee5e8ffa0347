import { type Problem, refusal } from './definitions.js';
import { samplesOf } from './kinds.js';
import { type Field, isKey, type Json, modelOf, type RowId, type World } from './oracle.js';

export interface Remedy {
  readonly action: string;
  readonly value?: Json;
}
/** By the path of a blocker: a remedy, or one for each blocker of the path. */
export type Remedies = Readonly<Record<string, Remedy | readonly Remedy[]>>;

/** Whether a remedy with this value can be applied to a field. */
const takesValue = (world: World, field: Field, given: Json | undefined): boolean => {
  if (given === undefined) return false;
  if (isKey(field)) return modelOf(world, field.related ?? '').rows.has(given as RowId);
  const shown = JSON.stringify(given);
  return samplesOf(field).some((sample) => JSON.stringify(sample[0]) === shown);
};

/** These two have one default. */
const REPLACED = ['unconvertible_values', 'refused_values'];

/** A remedy is bound to the first kind of blocker that it answers. */
export class Blockers {
  readonly problems: Problem[] = [];
  private readonly bound = new Map<Remedy, string>();

  constructor(
    private readonly world: World,
    private readonly remedies: Remedies,
  ) {}

  /** Reports a blocker unless a remedy resolves it, which is then returned. */
  meet(field: Field | null, path: string, code: string, offered: readonly string[], count?: number): Remedy | null {
    const given = [this.remedies[path] ?? []].flat();
    const unused = given.filter((remedy) => !this.bound.has(remedy));
    const remedy =
      given.find((used) => this.answers(used, code)) ?? unused.find(({ action }) => offered.includes(action));
    if (remedy === undefined) {
      const isWrong = unused.length > 0;
      if (isWrong) this.problems.push(refusal(400, 'invalid_remedy'));
      if (!isWrong || given.length > 1)
        this.problems.push({
          status: 409,
          codes: [code],
          path,
          remedies: offered,
          ...(count !== undefined && { count }),
        });
      return null;
    }
    if (!this.bound.has(remedy)) this.bound.set(remedy, code);
    const needsValue = ['default', 'backfill'].includes(remedy.action);
    if (needsValue && field !== null && !takesValue(this.world, field, remedy.value)) {
      this.problems.push(refusal(400, 'invalid_remedy'));
      return null;
    }
    return remedy;
  }

  private answers(remedy: Remedy, code: string): boolean {
    const bound = this.bound.get(remedy) ?? '';
    return bound === code || (remedy.action === 'default' && REPLACED.includes(bound) && REPLACED.includes(code));
  }
}

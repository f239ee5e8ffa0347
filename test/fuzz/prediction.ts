import { classify } from './classes.js';
import { UnsaidError } from './conversions.js';
import { definitionProblems, type Problem, refusal, type Target } from './definitions.js';
import { type Field, isRelation, type Model, withModel, type World } from './oracle.js';
import type { Remedies } from './remedies.js';
import { isEmpty, sideOf, Transformation } from './transformation.js';

/** What must come of an edit. */
export interface Prediction {
  /** Empty when the edit is accepted; otherwise one of these answers. */
  readonly problems: readonly Problem[];
  /** Whether it needs a confirmation first: `maybe` where nothing that exists can be lost. */
  readonly asks: 'yes' | 'no' | 'maybe';
  /** The world once the edit is accepted. */
  readonly next: World;
}

const classOf = (world: World, former: Field, field: Field): 'runs' | 'lossy' | 'impossible' => {
  const isRetargeted = isRelation(former) && former.type === field.type && former.related !== field.related;
  const found = isRetargeted ? 'runs' : classify(sideOf(world, former), sideOf(world, field));
  if (found === 'unsaid') throw new UnsaidError(`${former.type} to ${field.type}`);
  return found;
};

/** What must come of turning a model into the target; a drop that is `explicit` needs no confirmation. @throws UnsaidError */
export const predict = (
  world: World,
  before: Model,
  target: Target,
  remedies: Remedies = {},
  explicit = false,
): Prediction => {
  const wrong = definitionProblems(world, before.id, target);
  if (wrong.length > 0) return { problems: wrong, asks: 'no', next: world };

  const kept = target.fields.flatMap((field) => {
    const former = before.fields.find(({ id }) => id === field.id);
    return former === undefined ? [] : [{ former, field, verdict: classOf(world, former, field) }];
  });
  if (kept.some(({ verdict }) => verdict === 'impossible')) {
    return { problems: [refusal(400, 'type_change_impossible')], asks: 'no', next: world };
  }

  const lossy = kept.filter(({ verdict }) => verdict === 'lossy');
  const losesValues = lossy.some(({ former }) =>
    [...before.rows.values()].some((row) => !isEmpty(row.get(former.id) ?? null)),
  );
  const drops = !explicit && kept.length < before.fields.length;
  const transformation = new Transformation(world, before, target, remedies);
  transformation.run();
  const after = { ...before, ...target, rows: transformation.rows };
  return {
    problems: transformation.blockers.problems,
    asks: drops || losesValues ? 'yes' : lossy.length > 0 ? 'maybe' : 'no',
    next: withModel(world, after),
  };
};

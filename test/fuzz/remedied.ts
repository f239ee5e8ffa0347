import { type Problem, refusal, type Target } from './definitions.js';
import { type Command, editTo, fieldBody } from './edits.js';
import { kindOf, samplesOf } from './kinds.js';
import { MUTATIONS } from './mutations.js';
import { type Field, isKey, type Json, type Model, modelOf, uniqueSets, type World } from './oracle.js';
import { predict } from './prediction.js';
import type { Random } from './random.js';
import type { Remedies, Remedy } from './remedies.js';

const valueFor = (world: World, field: Field, random: Random): Json | undefined => {
  const ids = isKey(field) ? [...modelOf(world, field.related ?? '').rows.keys()] : [];
  const values = isKey(field) ? ids : samplesOf(field).map(([given]) => given);
  const wrong = random.chance(0.08) ? kindOf(field.type).wrong : [];
  const some = wrong.length > 0 ? wrong : values;
  return some.length === 0 ? undefined : random.pick(some);
};

const remedyFor = (world: World, target: Target, problem: Problem, random: Random): Remedy | null => {
  const offered = problem.remedies ?? [];
  const isOdd = offered.length === 0 || random.chance(0.1);
  const action = random.pick(isOdd ? ['nullify', 'keepLatest', 'backfill', 'explode'] : offered);
  const field = target.fields.find(({ name }) => name === problem.path);
  if (!['default', 'backfill'].includes(action)) return { action };
  const value = field && valueFor(world, field, random);
  return value === undefined ? null : { action, value };
};

const REMEDIED = [
  'set_required',
  'set_unique',
  'set_together',
  'set_choices',
  'change_options',
  'retype',
  'retype',
  'retarget',
  'add_field',
];

const blockersOf = (world: World, model: Model, target: Target, remedies: Remedies = {}): readonly Problem[] => {
  try {
    const { problems } = predict(world, model, target, remedies);
    return problems.every(({ path }) => path !== undefined) ? problems : [];
  } catch {
    return [];
  }
};

/** Remedies for what is in the way, and then, half the time, for what is in the way with those. */
const someRemedies = (world: World, model: Model, target: Target, random: Random): Remedies | null => {
  const remedies: Record<string, readonly Remedy[]> = {};
  for (let round = 0; round < 3; round += 1) {
    for (const problem of blockersOf(world, model, target, remedies)) {
      const remedy = remedyFor(world, target, problem, random);
      if (problem.path !== undefined && remedy !== null)
        remedies[problem.path] = [...(remedies[problem.path] ?? []), remedy];
    }
    if (random.chance(0.5)) break;
  }
  const entries = Object.entries(remedies).map(([path, list]): [string, Remedy | readonly Remedy[]] => [
    path,
    list.length === 1 && list[0] !== undefined && random.chance(0.8) ? list[0] : random.shuffle(list),
  ]);
  return entries.length === 0 ? null : Object.fromEntries(entries);
};

/** Which record of a repeated value is the oldest is not said of uuids. */
const needsAge = (model: Model, target: Target, remedies: Remedies): boolean =>
  model.primaryKey === 'uuid' &&
  uniqueSets({ ...model, fields: target.fields }).some((fields) =>
    [remedies[fields.map(({ name }) => name).join(', ')] ?? []].flat().some(({ action }) => action === 'nullify'),
  );

/** An edit that is blocked without remedies, with them. */
export const remedied: Command = (world, random, enabled) => {
  const names = REMEDIED.filter((name) => enabled.commands.includes(name));
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const model = random.pick([...world.models.values()]);
    const first = MUTATIONS[random.pick(names)]?.(model, { world, model, random, enabled }) ?? null;
    const second = random.chance(0.3) ? MUTATIONS['set_unique'] : undefined;
    const target = first && (second?.(first, { world, model, random, enabled }) ?? first);
    if (target === null || blockersOf(world, model, target).length === 0) continue;
    const remedies = someRemedies(world, model, target, random);
    if (remedies === null) continue;
    const unneeded: Remedies = random.chance(0.2) ? { unneeded: { action: 'nullify' } } : {};
    const all = { ...unneeded, ...remedies };
    if (needsAge(model, target, all)) continue;
    return editTo('remedied', world, model, target, random, all);
  }
  return null;
};

const addedToBoth = (type: string): Field => ({
  id: 'new:both',
  name: 'both',
  type,
  options: {},
  required: true,
  unique: false,
  together: false,
  default: null,
  choices: [],
  related: null,
});

/** One request that adds a field of the same name to two models; its remedies must say which of them they mean. */
export const addToBoth: Command = (world, random) => {
  const models = random.shuffle([...world.models.values()]).slice(0, 2);
  if (models.length < 2 || models.some(({ fields }) => fields.length > 8 || fields.some(({ name }) => name === 'both')))
    return null;
  const field = addedToBoth(random.pick(['char', 'integer', 'date', 'boolean', 'uuid']));
  const remedy: Remedy = { action: 'backfill', value: random.pick(samplesOf(field))[0] };
  const isPlain = random.chance(0.3) && models.every(({ rows }) => rows.size > 0);
  const helped = models.filter(() => random.chance(0.8));
  const problems: Problem[] = isPlain ? [refusal(400, 'invalid_remedy')] : [];
  let next = world;
  for (const { id } of models) {
    const model = modelOf(next, id);
    const remedies: Remedies = isPlain || helped.some((one) => one.id === id) ? { both: remedy } : {};
    const found = predict(next, model, { ...model, fields: [...model.fields, field] }, remedies);
    problems.push(...found.problems);
    next = found.next;
  }
  const keys = isPlain ? ['both'] : helped.map(({ name }) => `${world.app}.${name}.both`);
  const change: Json = {
    changes: models.map(({ id }) => ({ action: 'create_field', model: id, values: fieldBody(world, field) })),
    remedies: Object.fromEntries(keys.map((key) => [key, { ...remedy }])),
  };
  return {
    command: 'add_to_both',
    request: { method: 'post', path: '/api/meta/apply', body: change },
    change,
    prediction: { problems, asks: 'no', next },
    isNamed: true,
  };
};

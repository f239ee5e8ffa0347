import { definitionProblems, refusal, type Target } from './definitions.js';
import { type Edit, editTo, fieldBody } from './edits.js';
import { type Enabled, someField } from './fields.js';
import { samplesOf } from './kinds.js';
import { copyWorld, type Field, isKey, type Json, type Model, modelOf, pointersTo, type World } from './oracle.js';
import { type Mutation, MUTATIONS } from './mutations.js';
import { predict, type Remedies, type Remedy } from './prediction.js';
import type { Random } from './random.js';

/** What the fuzz uses of the contract; what occurs twice is done twice as often. */
export const ENABLED: Enabled = {
  commands: [
    'add_field',
    'add_field',
    'rename_field',
    'swap_names',
    'drop_field',
    'replace_field',
    'reorder',
    'rename_model',
    'set_required',
    'set_unique',
    'set_together',
    'set_default',
    'many_at_once',
    'no_op',
    'describe',
    'create_model',
    'delete_model',
    'wrong_definition',
    'change_on_delete',
    'retype',
    'retype',
    'retype',
    'remedied',
    'remedied',
    'set_choices',
    'change_options',
    'retarget',
  ],
  types: [
    'char',
    'text',
    'slug',
    'email',
    'url',
    'comma_separated_integer',
    'integer',
    'small_integer',
    'big_integer',
    'float',
    'decimal',
    'boolean',
    'null_boolean',
    'date',
    'date_time',
    'time',
    'uuid',
    'ip_address',
    'json',
    'binary',
    'foreign_key',
    'foreign_key',
    'many_to_many',
    'many_to_many',
    'positive_integer',
    'positive_small_integer',
    'duration',
    'choice',
    'multiple_choice',
    'auto',
    'big_auto',
    'one_to_one',
  ],
  features: ['choices', 'limits', 'clocks', 'related_names', 'computed_defaults', 'primary_keys', 'plan'],
};

type Command = (world: World, random: Random, enabled: Enabled) => Edit | null;

const someModel = (world: World, random: Random): Model => random.pick([...world.models.values()]);

const mutate =
  (mutation: Mutation, name: string): Command =>
  (world, random, enabled) => {
    const model = someModel(world, random);
    const target = mutation(model, { world, model, random, enabled });
    return target && editTo(name, world, model, target, random);
  };

const COMBINED = [
  'add_field',
  'rename_field',
  'swap_names',
  'drop_field',
  'reorder',
  'set_required',
  'set_unique',
  'retype',
];

const combine = (model: Model, world: World, random: Random, enabled: Enabled): Target => {
  const names = COMBINED.filter((name) => enabled.commands.includes(name));
  let target: Target = model;
  for (const name of random.shuffle(names).slice(0, 3)) {
    target = MUTATIONS[name]?.(target, { world, model, random, enabled }) ?? target;
  }
  return target;
};

const manyAtOnce: Command = (world, random, enabled) => {
  const model = someModel(world, random);
  return editTo('many_at_once', world, model, combine(model, world, random, enabled), random);
};

const quiet = (command: string, world: World, kind: 'model' | 'field', id: string, values: Json): Edit => ({
  command,
  request: { method: 'patch', path: `/api/meta/${kind}s/${id}`, body: values },
  change: { action: `update_${kind}`, [kind]: id, values },
  prediction: { problems: [], asks: 'no', next: world },
  isQuiet: true,
});

const noOp: Command = (world, random) => {
  const model = someModel(world, random);
  const whole: Json = { name: model.name, fields: model.fields.map((field) => fieldBody(world, field)) };
  if (model.fields.length === 0 || random.chance(0.5)) {
    return quiet('no_op', world, 'model', model.id, random.chance(0.2) ? {} : whole);
  }
  const { id, ...values } = fieldBody(world, random.pick(model.fields));
  return quiet('no_op', world, 'field', String(id), values);
};

const describe: Command = (world, random) => {
  const model = someModel(world, random);
  const description = `Said ${random.int(1000)} times`;
  const field = model.fields[random.int(model.fields.length * 2)];
  return field === undefined
    ? quiet('describe', world, 'model', model.id, { description })
    : quiet('describe', world, 'field', field.id, { description });
};

const MODEL_NAMES = ['Song', 'MediaType', 'Order', 'PlayList', 'Artist', 'user_group'];

/** A model that does not exist yet, with a few fields. */
export const someNewModel = (world: World, random: Random, enabled: Enabled, name: string): Model => {
  const primaryKey = enabled.features.includes('primary_keys')
    ? random.pick(['big_auto', 'big_auto', 'auto', 'uuid'] as const)
    : 'big_auto';
  let model: Model = { id: `new:${name}`, name, primaryKey, fields: [], rows: new Map() };
  for (let count = random.int(5); count > 0; count -= 1) {
    model = { ...model, fields: [...model.fields, someField(world, model, random, enabled)] };
  }
  return model;
};

/** The request that makes a model. */
export const creation = (world: World, model: Model): Edit => {
  const values: Json = {
    app: world.app,
    name: model.name,
    ...(model.primaryKey !== 'big_auto' && { primaryKey: model.primaryKey }),
    fields: model.fields.map((field) => fieldBody(world, field)),
  };
  const next = copyWorld(world);
  next.models.set(model.id, model);
  return {
    command: 'create_model',
    request: { method: 'post', path: '/api/meta/models', body: values },
    change: { action: 'create_model', values },
    prediction: { problems: definitionProblems(world, null, model), asks: 'no', next },
  };
};

const createModel: Command = (world, random, enabled) =>
  world.models.size >= 4 ? null : creation(world, someNewModel(world, random, enabled, random.pick(MODEL_NAMES)));

const deleteModel: Command = (world, random) => {
  const model = someModel(world, random);
  const users = pointersTo(world, model.id).filter((pointer) => pointer.model.id !== model.id);
  const isUsed = users.length > 0;
  // The last models stay, and a refusal now and then is enough.
  if (world.models.size < 3 || (isUsed && random.chance(0.7))) return null;
  const next = copyWorld(world);
  next.models.delete(model.id);
  return {
    command: 'delete_model',
    request: { method: 'delete', path: `/api/meta/models/${model.id}` },
    change: { action: 'delete_model', model: model.id },
    isNamed: true,
    prediction: { problems: isUsed ? [refusal(409, 'model_in_use')] : [], asks: 'no', next },
  };
};

const valueFor = (world: World, field: Field, random: Random): Json | undefined => {
  if (isKey(field)) {
    const ids = [...modelOf(world, field.related ?? '').rows.keys()];
    return ids.length === 0 ? undefined : random.pick(ids);
  }
  const samples = samplesOf(field);
  return samples.length === 0 ? undefined : random.pick(samples)[0];
};

const remedyFor = (
  world: World,
  target: Target,
  path: string,
  offered: readonly string[],
  random: Random,
): Remedy | null => {
  const action = random.pick(random.chance(0.1) ? ['nullify', 'keepLatest', 'backfill', 'explode'] : offered);
  const field = target.fields.find(({ name }) => name === path);
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
  'retarget',
  'add_field',
];

/** An edit that is blocked without a remedy, with one. */
const remedied: Command = (world, random, enabled) => {
  const names = REMEDIED.filter((name) => enabled.commands.includes(name));
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const model = someModel(world, random);
    const target = MUTATIONS[random.pick(names)]?.(model, { world, model, random, enabled });
    const [problem, ...others] = target ? predictOrNothing(world, model, target) : [];
    if (!target || problem?.path === undefined || others.length > 0) continue;
    const remedy = remedyFor(world, target, problem.path, problem.remedies ?? [], random);
    // Which record of a repeated value is the older is not said of uuids, nor what becomes of those that point to it.
    const deletes = remedy?.action.startsWith('keep') && pointersTo(world, model.id).length > 0;
    const needsAge = problem.codes.includes('duplicate_values') && model.primaryKey === 'uuid';
    if (remedy === null || deletes || needsAge) continue;
    const unneeded: Remedies = random.chance(0.2) ? { unneeded: { action: 'nullify' } } : {};
    return editTo('remedied', world, model, target, random, { ...unneeded, [problem.path]: remedy });
  }
  return null;
};

const predictOrNothing = (world: World, model: Model, target: Target) => {
  try {
    return predict(world, model, target).problems;
  } catch {
    return [];
  }
};

/** Makes an edit of the world as it is; null where the command has nothing to do. @throws UnsaidError */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(Object.entries(MUTATIONS).map(([name, mutation]) => [name, mutate(mutation, name)])),
  many_at_once: manyAtOnce,
  no_op: noOp,
  describe,
  create_model: createModel,
  delete_model: deleteModel,
  remedied,
};

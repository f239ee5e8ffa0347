import { fold } from './definitions.js';
import { KINDS, samplesOf } from './kinds.js';
import { type Field, isRelation, type Json, type Model, type World } from './oracle.js';
import type { Random } from './random.js';

/** What may be used of the contract at this time; everything that exists is on. */
export interface Enabled {
  readonly commands: readonly string[];
  readonly types: readonly string[];
  readonly features: readonly string[];
}

const FIELD_NAMES = ['alpha', 'betaTwo', 'gamma', 'DeltaX', 'order', 'user', 'zeta9', 'last_name', 'select', 'kappa'];
const CHOICES: Readonly<Record<string, readonly Json[]>> = {
  char: ['red', 'green', 'a', '1', 'true'],
  choice: ['red', 'green', 'a', '1', 'true'],
  multiple_choice: ['red', 'green', 'a', '1'],
  integer: [0, 1, 2, 5],
  small_integer: [0, 1, 2, 5],
  big_integer: ['0', '1', '5'],
};

/** A name that no field has, or, rarely, one that a field has. */
export const fieldName = (model: Model, random: Random): string => {
  const taken = new Set(model.fields.map(({ name }) => fold(name)));
  const free = FIELD_NAMES.filter((name) => !taken.has(fold(name)));
  return free.length === 0 || random.chance(0.03) ? random.pick(FIELD_NAMES) : random.pick(free);
};

/** Choices for a type that may have them: none, or some. */
export const someChoices = (type: string, random: Random): readonly Json[] => {
  const all = CHOICES[type] ?? [];
  if (all.length === 0) return [];
  const some = random.shuffle(all).slice(0, 2 + random.int(all.length - 1));
  return type === 'choice' || type === 'multiple_choice' || random.chance(0.6) ? some : [];
};

const RELATIONS = ['foreign_key', 'one_to_one', 'many_to_many'];
const LIMITED = [
  'integer',
  'small_integer',
  'positive_integer',
  'positive_small_integer',
  'float',
  'big_integer',
  'decimal',
];
const INDEXED = ['char', 'integer', 'float', 'decimal', 'date', 'date_time', 'uuid', 'boolean'];

const limits = (type: string, random: Random): { readonly [option: string]: Json } => {
  const [min, max] = [random.pick([-3, 0, 1]), random.pick([5, 100, 40_000])];
  if (!LIMITED.includes(type)) return {};
  const [least, most] = type.startsWith('positive')
    ? [Math.max(min, 0), Math.min(max, 100)]
    : [min, Math.min(max, 32_000)];
  return { ...(random.chance(0.6) && { min: least }), ...(random.chance(0.6) && { max: most }) };
};

/** Options for a type, all that have a standard value included, so that nothing depends on what was there before. */
export const someOptions = (
  type: string,
  random: Random,
  { features }: Enabled,
): { readonly [option: string]: Json } => {
  const sized: Readonly<Record<string, { readonly [option: string]: Json }>> = {
    char: { maxLength: random.pick([5, 12, 40, 255]) },
    slug: { maxLength: random.pick([10, 50]), index: random.chance(0.5) },
    url: { maxLength: random.pick([25, 2000]) },
    comma_separated_integer: { maxLength: random.pick([5, 255]) },
    decimal: random.pick([
      { precision: 12, scale: 2 },
      { precision: 20, scale: 4 },
      { precision: 6, scale: 3 },
    ]),
    foreign_key: { onDelete: random.pick(['restrict', 'cascade', 'set_null']) },
    one_to_one: { onDelete: random.pick(['restrict', 'cascade', 'set_null']) },
  };
  return {
    ...sized[type],
    ...(INDEXED.includes(type) && { index: random.chance(0.2) }),
    ...(features.includes('limits') && random.chance(0.3) && limits(type, random)),
    ...(features.includes('clocks') &&
      ['date', 'date_time', 'time'].includes(type) &&
      random.chance(0.15) && {
        [random.pick(['autoNow', 'autoNowAdd'])]: true,
      }),
    ...(features.includes('related_names') &&
      RELATIONS.includes(type) &&
      random.chance(0.3) && { relatedName: `inverse${random.int(1_000_000)}` }),
  };
};

/** A default that the field takes, or null. */
export const someDefault = (field: Field, random: Random, { features }: Enabled): Json => {
  if (isRelation(field) || ['auto', 'big_auto'].includes(field.type)) return null;
  if (field.options['autoNow'] === true || field.options['autoNowAdd'] === true) return null;
  if (features.includes('computed_defaults') && random.chance(0.2)) {
    if (field.type === 'uuid') return 'uuid';
    if (['date', 'date_time', 'time'].includes(field.type)) return 'now';
  }
  const samples = samplesOf(field);
  return samples.length === 0 ? null : random.pick(samples)[0];
};

/** Rid of everything that its type and options do not allow together. */
export const consistent = (field: Field): Field => {
  const isMany = field.type === 'many_to_many';
  const mustExist = field.options['onDelete'] === 'set_null' || isMany;
  return {
    ...field,
    required: field.required && !mustExist,
    unique: field.unique && !isMany,
    together: isMany ? false : field.together,
  };
};

/** What a field of this type is made of, apart from what it is called and must satisfy. */
export const someShape = (type: string, world: World, model: Model, random: Random, enabled: Enabled) => ({
  type,
  options: someOptions(type, random, enabled),
  choices: enabled.features.includes('choices') ? someChoices(type, random) : [],
  related: RELATIONS.includes(type)
    ? random.pick([...world.models.keys(), ...(world.models.has(model.id) ? [model.id] : [])])
    : null,
});

/** A new field of any type. */
export const someField = (world: World, model: Model, random: Random, enabled: Enabled): Field => {
  const name = fieldName(model, random);
  const isAlone = world.models.size === 0;
  const type = random.pick(enabled.types.filter((each) => !isAlone || !RELATIONS.includes(each)));
  const field = consistent({
    id: `new:${name}`,
    name,
    ...someShape(type, world, model, random, enabled),
    required: random.chance(0.25),
    unique: random.chance(0.12),
    together: random.chance(0.1) ? random.pick([true, 'pair']) : false,
    default: null,
  });
  return { ...field, default: random.chance(field.required ? 0.7 : 0.25) ? someDefault(field, random, enabled) : null };
};

export const ALL_TYPES: readonly string[] = Object.keys(KINDS);

import { isComputed, type Target } from './definitions.js';
import {
  consistent,
  type Enabled,
  fieldName,
  someChoices,
  someDefault,
  someField,
  someOptions,
  someShape,
} from './fields.js';
import { type Field, isKey, isRelation, isToMany, type Json, type Model, type World } from './oracle.js';
import type { Random } from './random.js';

/** What a mutation may look at. */
export interface Setting {
  readonly world: World;
  readonly model: Model;
  readonly random: Random;
  readonly enabled: Enabled;
}

/** Changes the definition of a model; null where there is nothing to change. */
export type Mutation = (target: Target, setting: Setting) => Target | null;

const one = (target: Target, { random }: Setting, suits: (field: Field) => boolean = () => true): Field | null => {
  const fields = target.fields.filter(suits);
  return fields.length === 0 ? null : random.pick(fields);
};

const replace = (target: Target, field: Field, ...others: readonly Field[]): Target => ({
  ...target,
  fields: target.fields.map((candidate) => [field, ...others].find(({ id }) => id === candidate.id) ?? candidate),
});

/** A mutation of one field. */
const ofField =
  (change: (field: Field, setting: Setting) => Field | null, suits?: (field: Field) => boolean): Mutation =>
  (target, setting) => {
    const field = one(target, setting, suits);
    const changed = field && change(field, setting);
    return changed && replace(target, changed);
  };

const MODEL_NAMES = ['Song', 'MediaType', 'Order', 'PlayList', 'Artist', 'user_group'];

/** A type with all that belongs to it. A new default, because the old one need not fit. */
const retyped = (field: Field, type: string, { world, model, random, enabled }: Setting): Field => {
  const shape = someShape(type, world, model, random, enabled);
  const changed = consistent({
    ...field,
    ...shape,
    related: shape.related && (field.related ?? shape.related),
    default: null,
  });
  const isLeft = field.default === null || (isComputed(field) && random.chance(0.5));
  return { ...changed, default: isLeft ? null : someDefault(changed, random, enabled) };
};

const rename: Mutation = ofField((field, { model, random }) => ({ ...field, name: fieldName(model, random) }));

const swapNames: Mutation = (target, { random, enabled }) => {
  const [first, second] = random.shuffle(target.fields);
  const areTables = first !== undefined && second !== undefined && isToMany(first) && isToMany(second);
  if (areTables && !enabled.features.includes('swapped_join_tables')) return null;
  return first && second ? replace(target, { ...first, name: second.name }, { ...second, name: first.name }) : null;
};

const withoutOne = (target: Target, setting: Setting): { readonly target: Target; readonly gone: Field } | null => {
  const gone = one(target, setting);
  return gone && { target: { ...target, fields: target.fields.filter(({ id }) => id !== gone.id) }, gone };
};

const drop: Mutation = (target, setting) => withoutOne(target, setting)?.target ?? null;

/** Another field takes the name of one that goes in the same save. */
const replaceByName: Mutation = (target, setting) => {
  const left = withoutOne(target, setting);
  if (left === null) return null;
  const fresh = someField(setting.world, setting.model, setting.random, setting.enabled);
  return {
    ...target,
    fields: [...left.target.fields, { ...fresh, id: `new:${left.gone.name}`, name: left.gone.name }],
  };
};

const setTogether: Mutation = (target, { random }) => {
  const suitable = random.shuffle(target.fields.filter((field) => !isToMany(field)));
  if (suitable.length < 2) return null;
  const group = random.pick([true, 'pair', 'name two', false]);
  return replace(
    target,
    ...(suitable.slice(0, 1 + random.int(3)).map((field) => ({ ...field, together: group })) as [Field]),
  );
};

const WRONGS: readonly ((field: Field) => Partial<Field>)[] = [
  () => ({ name: '1st' }),
  () => ({ name: 'x"; DROP TABLE canary;--' }),
  () => ({ name: 'constructor' }),
  () => ({ name: 'id' }),
  ({ options }) => ({ options: { ...options, colour: 'red' } }),
  ({ type }) => ({
    default: isRelation({ type } as Field) ? 1 : { isRaw: true, value: 'now()' },
    type: type === 'json' ? 'magic' : type,
  }),
];

/** A definition that is wrong in itself. */
const spoil: Mutation = ofField((field, { random }) => ({ ...field, ...random.pick(WRONGS)(field) }));

const NEIGHBOURS: readonly (readonly string[])[] = [
  ['char', 'text', 'slug', 'choice', 'comma_separated_integer', 'email', 'url'],
  [
    'integer',
    'small_integer',
    'big_integer',
    'decimal',
    'float',
    'positive_integer',
    'boolean',
    'text',
    'positive_small_integer',
  ],
  ['date', 'date_time', 'time', 'duration', 'text'],
  ['foreign_key', 'one_to_one', 'many_to_many', 'big_integer', 'integer', 'text', 'char'],
  ['json', 'multiple_choice', 'choice', 'text', 'boolean', 'integer'],
  ['auto', 'big_auto', 'integer', 'big_integer'],
];

/** Half the time a type that is near, so that values often convert. */
const retype: Mutation = ofField((field, setting) => {
  const { random, enabled } = setting;
  const near = NEIGHBOURS.filter((types) => types.includes(field.type)).flat();
  const types = (random.chance(0.6) && near.length > 0 ? near : enabled.types).filter(
    (type) => type !== field.type && enabled.types.includes(type),
  );
  return types.length === 0 ? null : retyped(field, random.pick(types), setting);
});

const keepDefault = (field: Field, former: Field, { random, enabled }: Setting): Field => ({
  ...field,
  default: former.default === null ? null : someDefault(field, random, enabled),
});

/** Everything that can happen to the definition of a model, by name. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  add_field: (target, { world, model, random, enabled }) =>
    target.fields.length >= 9
      ? null
      : {
          ...target,
          fields: [...target.fields, someField(world, { ...model, fields: target.fields }, random, enabled)],
        },
  rename_field: rename,
  swap_names: swapNames,
  drop_field: drop,
  replace_field: replaceByName,
  reorder: (target, { random }) => ({ ...target, fields: random.shuffle(target.fields) }),
  rename_model: (target, { random }) => ({ ...target, name: random.pick(MODEL_NAMES) }),
  set_required: ofField(
    (field) => ({ ...field, required: !field.required }),
    (field) => !isToMany(field),
  ),
  set_unique: ofField(
    (field) => ({ ...field, unique: !field.unique }),
    (field) => !isToMany(field),
  ),
  set_together: setTogether,
  set_default: ofField(
    (field, { random, enabled }) => ({
      ...field,
      default: random.chance(0.3) ? null : someDefault(field, random, enabled),
    }),
    (field) => !isRelation(field),
  ),
  set_choices: ofField(
    (field, setting) => keepDefault({ ...field, choices: someChoices(field.type, setting.random) }, field, setting),
    ({ type }) => ['char', 'choice', 'multiple_choice', 'integer', 'small_integer', 'big_integer'].includes(type),
  ),
  change_options: ofField(
    (field, setting) => {
      const options = someOptions(field.type, setting.random, setting.enabled);
      return keepDefault(consistent({ ...field, options }), field, setting);
    },
    (field) => !isRelation(field) && field.type !== 'slug',
  ),
  change_on_delete: ofField((field, { random }) => {
    const onDelete: Json = random.pick(['restrict', 'cascade', 'set_null']);
    return { ...field, options: { ...field.options, onDelete } };
  }, isKey),
  retarget: ofField(
    (field, { world, random }) => ({ ...field, related: random.pick([...world.models.keys()]) }),
    isRelation,
  ),
  retype,
  wrong_definition: spoil,
};

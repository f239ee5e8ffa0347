import { isSame, type Target } from './definitions.js';
import { type Field, type Json, type Model, modelOf, type World } from './oracle.js';
import { predict, type Prediction, type Remedies } from './prediction.js';
import type { Random } from './random.js';

export interface Request {
  readonly method: 'post' | 'patch' | 'put' | 'delete';
  readonly path: string;
  readonly body?: Json;
}

/** One request that changes definitions, with what must come of it. */
export interface Edit {
  readonly command: string;
  readonly request: Request;
  readonly prediction: Prediction;
  /** Nothing about the tables may change. */
  readonly isQuiet?: boolean;
  /** The same as a change of `POST /meta/plan`. */
  readonly change: Json;
  /** What gets lost is named by the request itself, or by a remedy. */
  readonly isNamed?: boolean;
}

/** A field as it is sent. */
export const fieldBody = (world: World, field: Field): { readonly [property: string]: Json } => ({
  ...(!field.id.startsWith('new:') && { id: field.id }),
  name: field.name,
  type: field.type,
  options: field.options,
  required: field.required,
  unique: field.unique,
  uniqueTogether: field.together,
  default: field.default,
  choices: field.choices.length === 0 ? null : field.choices,
  relatedModel: relatedName(world, field),
});

const relatedName = (world: World, { related }: Field): string | null => {
  if (related === null) return null;
  const model = world.models.get(related);
  return model === undefined ? 'nobody.Nothing' : `${world.app}.${model.name}`;
};

/** Properties in which two fields differ, as they are sent. */
const difference = (world: World, before: Field, after: Field): { readonly [property: string]: Json } => {
  const [left, right] = [fieldBody(world, before), fieldBody(world, after)];
  // Type, options and choices depend on each other, so a new type comes with all of them.
  const isWhole = before.type !== after.type;
  return Object.fromEntries(
    Object.entries(right).filter(([key, value]) => key !== 'id' && (isWhole || !isSame(left[key] ?? null, value))),
  );
};

const idsOf = (fields: readonly Field[]): readonly string[] => fields.map(({ id }) => id);

const wholeModel = (world: World, model: Model, target: Target): { readonly [property: string]: Json } => {
  // What a relation to the model itself says in the request that renames it is not documented.
  if (target.name !== model.name && isSame(model.fields, target.fields)) return { name: target.name };
  return { fields: target.fields.map((field, order) => ({ ...fieldBody(world, field), order })) };
};

type Sent = Pick<Edit, 'request' | 'change'> & { readonly explicit: boolean };

/** The request for the one field that differs, if it is only one. */
const single = (
  world: World,
  model: Model,
  target: Target,
  extra: { readonly [property: string]: Json },
): Sent | null => {
  if (target.name !== model.name) return null;
  const [before, after] = [idsOf(model.fields), idsOf(target.fields)];
  const added = target.fields.filter(({ id }) => !before.includes(id));
  const gone = model.fields.filter(({ id }) => !after.includes(id));
  const changed = target.fields.filter((field) =>
    model.fields.some((former) => former.id === field.id && !isSame(former, field)),
  );
  const isOrdered = isSame(
    before.filter((id) => after.includes(id)),
    after.filter((id) => before.includes(id)),
  );
  const isLast = added.length === 0 || added.at(-1) === target.fields.at(-1);
  if (!isOrdered || !isLast || added.length + gone.length + changed.length !== 1) return null;
  const [field] = [...added, ...gone, ...changed];
  if (field === undefined) return null;
  if (gone.length === 1) {
    return {
      request: { method: 'delete', path: `/api/meta/fields/${field.id}` },
      change: { action: 'delete_field', field: field.id },
      explicit: true,
    };
  }
  if (added.length === 1) {
    const values = fieldBody(world, field);
    return {
      request: { method: 'post', path: `/api/meta/models/${model.id}/fields`, body: { ...values, ...extra } },
      change: { action: 'create_field', model: model.id, values, ...extra },
      explicit: false,
    };
  }
  const former = model.fields.find(({ id }) => id === field.id) ?? field;
  const values = difference(world, former, field);
  return {
    request: { method: 'patch', path: `/api/meta/fields/${field.id}`, body: { ...values, ...extra } },
    change: { action: 'update_field', field: field.id, values, ...extra },
    explicit: false,
  };
};

const remediesBody = (remedies: Remedies): { readonly [property: string]: Json } =>
  Object.keys(remedies).length === 0 ? {} : { remedies: remedies as unknown as Json };

/** Asks for the target through the model or, where that says the same, through the field. @throws UnsaidError */
export const editTo = (
  command: string,
  world: World,
  model: Model,
  target: Target,
  random: Random,
  remedies: Remedies = {},
): Edit => {
  const extra = remediesBody(remedies);
  const alone = random.chance(0.55) ? single(world, model, target, extra) : null;
  const values = wholeModel(world, model, target);
  const sent: Sent = alone ?? {
    request: { method: 'patch', path: `/api/meta/models/${model.id}`, body: { ...values, ...extra } },
    change: { action: 'update_model', model: model.id, values, ...extra },
    explicit: false,
  };
  const prediction = predict(world, model, target, remedies, sent.explicit);
  const isQuiet =
    prediction.problems.length === 0 && isSame(shapeOf(model), shapeOf(modelOf(prediction.next, model.id)));
  const isNamed = sent.explicit || Object.keys(remedies).length > 0;
  return { command, request: sent.request, prediction, change: sent.change, isQuiet, isNamed };
};

/** What of a definition shapes tables; order only where an index depends on it. */
const shapeOf = ({ name, fields }: Target): Json => [
  name,
  [...fields]
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .map(({ id, ...field }) => [id, JSON.stringify(field)]),
  fields
    .filter(({ together, options }) => together !== false || typeof options['index'] === 'string')
    .map(({ id }) => id),
];

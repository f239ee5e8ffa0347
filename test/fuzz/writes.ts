import type { Request } from './edits.js';
import { cellOf, initialCell } from './prediction.js';
import { kindOf, samplesOf } from './kinds.js';
import {
  copyWorld,
  type Field,
  isClock,
  isCounter,
  isKey,
  isRelation,
  isToMany,
  isUnknown,
  type Json,
  LEARN,
  type Model,
  modelOf,
  pointersTo,
  type Row,
  type RowId,
  uniqueKey,
  uniqueSets,
  urlOf,
  type World,
} from './oracle.js';
import type { Random } from './random.js';

/** One request that changes records, with what must come of it. */
export interface Write {
  readonly request: Request;
  readonly model: string;
  /** Codes of which one must be answered; `''` is for an acceptance. */
  readonly codes: readonly string[];
  /** Fields that are refused with 422, by name. */
  readonly wrong: readonly string[];
  /** Id of the record; a new one is under the id 0 until the server has given one. */
  readonly id: RowId;
  /** The world once it is accepted. */
  readonly next: World;
}

const MISSING = 999_999;

interface Given {
  readonly value: Json;
  readonly isWrong: boolean;
}

const relatedIds = (world: World, field: Field): readonly RowId[] => [
  ...modelOf(world, field.related ?? '').rows.keys(),
];

const givenRelation = (world: World, field: Field, random: Random): Given => {
  const ids = random.chance(0.05) ? [] : relatedIds(world, field);
  const missing =
    modelOf(world, field.related ?? '').primaryKey === 'uuid' ? '11111111-1111-4111-8111-111111111111' : MISSING;
  if (isToMany(field)) return { value: random.shuffle(ids).slice(0, random.int(3)), isWrong: false };
  if (ids.length > 0) return { value: random.pick(ids), isWrong: false };
  return field.required || random.chance(0.5) ? { value: missing, isWrong: false } : { value: null, isWrong: false };
};

/** A value for a field, now and then a wrong one. */
const givenFor = (world: World, field: Field, random: Random): Given => {
  if (random.chance(0.04)) return { value: random.pick(kindOf(field.type).wrong), isWrong: true };
  if (isClock(field)) return { value: random.pick(kindOf(field.type).samples)[0], isWrong: true };
  if (isRelation(field)) return givenRelation(world, field, random);
  const samples = samplesOf(field);
  if (samples.length === 0 || random.chance(0.12)) return { value: null, isWrong: field.required || isCounter(field) };
  return { value: random.pick(samples)[0], isWrong: false };
};

/** What a record that does not give the field gets; `wrong` when it must give it. */
const isMissed = (field: Field): boolean =>
  field.required && !isCounter(field) && !isClock(field) && field.default === null;

const sorted = (field: Field, cell: Json): Json =>
  isToMany(field) && Array.isArray(cell)
    ? [...(cell as readonly RowId[])].sort((left, right) => (left < right ? -1 : 1))
    : cell;

const lacks = (world: World, model: Model, row: Row): boolean =>
  model.fields.filter(isRelation).some((field) => {
    const ids = relatedIds(world, field);
    return [row.get(field.id) ?? []].flat().some((id) => !ids.includes(id as RowId));
  });

const REPEATED = ['unique_violation'];

/** A moment that the server fills in may be that of another record. */
const mayRepeat = (model: Model, row: Row): boolean =>
  uniqueSets(model).some((fields) => fields.some(({ id }) => isUnknown(row.get(id) ?? null)));

const repeats = (model: Model, id: RowId, row: Row): boolean =>
  uniqueSets(model).some((fields) => {
    const key = uniqueKey(fields, row);
    return key !== null && [...model.rows].some(([other, rest]) => other !== id && uniqueKey(fields, rest) === key);
  });

const written = (
  world: World,
  model: Model,
  id: RowId,
  row: Row,
  wrong: readonly string[],
  request: Request,
): Write => {
  const isValid = wrong.length === 0;
  const codes = [
    ...(isValid && lacks(world, model, row) ? ['related_record_not_found'] : []),
    ...(isValid && repeats(model, id, row) ? REPEATED : []),
  ];
  const next = copyWorld(world);
  modelOf(next, model.id).rows.set(id, row);
  return {
    request,
    model: model.id,
    id,
    wrong,
    next,
    codes: !isValid
      ? ['validation_failed']
      : codes.length > 0
        ? codes
        : mayRepeat(model, row)
          ? [...REPEATED, '']
          : [''],
  };
};

const collect = (world: World, model: Model, random: Random, probability: number) => {
  const given = new Map<Field, Given>();
  for (const field of model.fields) {
    if (random.chance(isClock(field) || isCounter(field) ? 0.06 : probability))
      given.set(field, givenFor(world, field, random));
  }
  return given;
};

const bodyOf = (given: ReadonlyMap<Field, Given>): { readonly [name: string]: Json } =>
  Object.fromEntries([...given].map(([field, { value }]) => [field.name, value]));

/** POST, or PUT of a record that exists. */
const whole = (world: World, model: Model, random: Random, id: RowId): Write => {
  const given = collect(world, model, random, 0.85);
  const former = model.rows.get(id);
  const wrong = model.fields.filter((field) => given.get(field)?.isWrong ?? isMissed(field)).map(({ name }) => name);
  const row: Row = new Map(
    model.fields.map((field) => {
      const value = given.get(field);
      const kept =
        former && (isCounter(field) || field.options['autoNowAdd'] === true) ? former.get(field.id) : undefined;
      return [field.id, value === undefined ? (kept ?? initialCell(field)) : sorted(field, cellOf(field, value.value))];
    }),
  );
  const path = urlOf(world, model);
  const request: Request =
    former === undefined
      ? { method: 'post', path, body: bodyOf(given) }
      : { method: 'put', path: `${path}/${id}`, body: bodyOf(given) };
  return written(world, model, id, row, wrong, request);
};

const patch = (world: World, model: Model, random: Random, id: RowId): Write => {
  const given = collect(world, model, random, 0.4);
  const row: Row = new Map(model.rows.get(id));
  for (const field of model.fields.filter(({ options }) => options['autoNow'] === true)) row.set(field.id, LEARN);
  for (const [field, { value }] of given) row.set(field.id, sorted(field, cellOf(field, value)));
  const wrong = [...given].filter(([, { isWrong }]) => isWrong).map(([{ name }]) => name);
  return written(world, model, id, row, wrong, {
    method: 'patch',
    path: `${urlOf(world, model)}/${id}`,
    body: bodyOf(given),
  });
};

interface Pointer {
  readonly model: Model;
  readonly field: Field;
  readonly id: RowId;
}

/** Rows that point to a record by a foreign key. */
const pointing = (world: World, model: Model, id: RowId): readonly Pointer[] =>
  pointersTo(world, model.id)
    .filter(({ field }) => isKey(field))
    .flatMap(({ model: source, field }) =>
      [...source.rows]
        .filter(([, row]) => row.get(field.id) === id)
        .map(([other]) => ({ model: source, field, id: other })),
    );

const keyOf = (model: Model, id: RowId): string => `${model.id} ${id}`;

const remove = (world: World, model: Model, random: Random, id: RowId): Write => {
  void random;
  const next = copyWorld(world);
  const gone = new Map<string, readonly [Model, RowId]>();
  const visit = (owner: Model, own: RowId): void => {
    if (gone.has(keyOf(owner, own))) return;
    gone.set(keyOf(owner, own), [owner, own]);
    for (const pointer of pointing(world, owner, own)) {
      if (pointer.field.options['onDelete'] === 'cascade') visit(pointer.model, pointer.id);
    }
  };
  visit(model, id);
  const pointers = [...gone.values()].flatMap(([owner, own]) =>
    pointing(world, owner, own).map((pointer) => ({
      ...pointer,
      isItself: keyOf(pointer.model, pointer.id) === keyOf(owner, own),
    })),
  );
  const restricting = pointers.filter(({ field, isItself }) => field.options['onDelete'] === 'restrict' && !isItself);
  const isHeld = restricting.some((pointer) => !gone.has(keyOf(pointer.model, pointer.id)));
  for (const [owner, own] of gone.values()) modelOf(next, owner.id).rows.delete(own);
  for (const { model: source, field, id: other } of pointers) {
    if (field.options['onDelete'] === 'set_null') modelOf(next, source.id).rows.get(other)?.set(field.id, null);
  }
  for (const [owner, own] of gone.values()) {
    for (const { model: source, field } of pointersTo(world, owner.id).filter((pointer) => isToMany(pointer.field))) {
      for (const row of modelOf(next, source.id).rows.values()) {
        row.set(
          field.id,
          [row.get(field.id) ?? []].flat().filter((one) => one !== own),
        );
      }
    }
  }
  // Whether a record may go together with one that it restricts depends on the order in which PostgreSQL meets them.
  const codes = isHeld ? ['record_in_use'] : restricting.length > 0 ? ['record_in_use', ''] : [''];
  return {
    request: { method: 'delete', path: `${urlOf(world, model)}/${id}` },
    model: model.id,
    id,
    codes,
    wrong: [],
    next,
  };
};

const MOST_ROWS = 12;

/** A random change of records. */
export const someWrite = (world: World, random: Random): Write => {
  const model = random.pick([...world.models.values()]);
  const ids = [...model.rows.keys()];
  if (ids.length < 3 || (ids.length < MOST_ROWS && random.chance(0.45))) return whole(world, model, random, 0);
  const id = random.pick(ids);
  return random.pick([patch, patch, remove, whole])(world, model, random, id);
};

/**
 * What Dynamo must hold, as plain Maps: models by id, rows by record id, values by field id.
 * Written from the public contract alone; it shares no code with what it judges.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type RowId = number | string;

/** A value as the API shows it; only json is kept as the text that jsonb prints, which keeps every digit. */
export type Cell = Json;

/** A value that only the server can know (numbers, moments, uuids of its own): read once, and kept from then on. */
export const LEARN = '\u0000learn';
/** Such a value too, but the same one in every record that has it: the moment of a change. */
export const LEARN_SAME = '\u0000learn the same';
export const isUnknown = (cell: Cell): boolean => cell === LEARN || cell === LEARN_SAME;

export interface Field {
  /** Of the server, or `new:<name>` until the server has given one. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly options: { readonly [option: string]: Json };
  readonly required: boolean;
  readonly unique: boolean;
  /** `true` for the unnamed group, or a group's name. */
  readonly together: boolean | string;
  readonly default: Json;
  readonly choices: readonly Json[];
  /** Id of a model. */
  readonly related: string | null;
}

export type Row = Map<string, Cell>;

export interface Model {
  readonly id: string;
  /** Where it is not that of the world. */
  readonly app?: string;
  readonly name: string;
  readonly primaryKey: 'big_auto' | 'auto' | 'uuid';
  /** In their order. */
  readonly fields: readonly Field[];
  readonly rows: Map<RowId, Row>;
}

export interface World {
  readonly app: string;
  readonly models: Map<string, Model>;
}

export const copyRows = (rows: Model['rows']): Model['rows'] =>
  new Map([...rows].map(([id, row]) => [id, new Map(row)]));

export const copyWorld = ({ app, models }: World): World => ({
  app,
  models: new Map([...models].map(([id, model]) => [id, { ...model, rows: copyRows(model.rows) }])),
});

/** The world with this model in place of its former self. */
export const withModel = (world: World, model: Model): World => {
  const next = copyWorld(world);
  next.models.set(model.id, model);
  return next;
};

export const modelOf = (world: World, id: string): Model => {
  const model = world.models.get(id);
  if (model === undefined) throw new Error(`The oracle has no model ${id}.`);
  return model;
};

export const isToMany = ({ type }: Field): boolean => type === 'many_to_many';
export const isKey = ({ type }: Field): boolean => type === 'foreign_key' || type === 'one_to_one';
export const isRelation = (field: Field): boolean => isKey(field) || isToMany(field);
export const isCounter = ({ type }: Field): boolean => type === 'auto' || type === 'big_auto';

/** Filled in by the server at every save or at creation; nobody may write it. */
export const isClock = ({ options }: Field): boolean => options['autoNow'] === true || options['autoNowAdd'] === true;
export const isNotNull = (field: Field): boolean => !isToMany(field) && (field.required || isCounter(field));

export const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
export const tableOf = (world: World, model: Model): string => `${snake(model.app ?? world.app)}_${snake(model.name)}`;
export const joinTableOf = (world: World, model: Model, field: Field): string =>
  `${tableOf(world, model)}_${snake(field.name)}`;
export const columnOf = (field: Field): string => snake(field.name) + (isKey(field) ? '_id' : '');
export const urlOf = (world: World, model: Model): string => `/api/${world.app}/${model.name.toLowerCase()}`;

/** The fields that must differ together: those that are unique by themselves, and each group. */
export const uniqueSets = (model: Model): readonly (readonly Field[])[] => {
  const alone = model.fields.filter((field) => field.unique || field.type === 'one_to_one').map((field) => [field]);
  const groups = new Map<boolean | string, Field[]>();
  for (const field of model.fields) {
    if (field.together !== false) groups.set(field.together, [...(groups.get(field.together) ?? []), field]);
  }
  return [...alone, ...groups.values()];
};

/** What makes two values equal in a unique index; null when the row does not take part. */
export const uniqueKey = (fields: readonly Field[], row: Row): string | null => {
  const cells = fields.map(({ id, type }) => {
    const cell = row.get(id) ?? null;
    return type === 'json' && typeof cell === 'string' && !isUnknown(cell) ? JSON.parse(cell) : cell;
  });
  return cells.includes(null) || cells.includes(LEARN) ? null : JSON.stringify(cells);
};

/** Every field that points to a model, with the model that has it. */
export const pointersTo = (world: World, id: string): readonly { readonly model: Model; readonly field: Field }[] =>
  [...world.models.values()].flatMap((model) =>
    model.fields.filter((field) => field.related === id).map((field) => ({ model, field })),
  );

export const byId = (left: RowId, right: RowId): number => (left < right ? -1 : left > right ? 1 : 0);

const inverse = (model: Model, field: Field, id: RowId): Json => {
  const sources = [...model.rows]
    .filter(([, row]) => [row.get(field.id) ?? null].flat().includes(id))
    .map(([source]) => source)
    .sort(byId);
  return field.type === 'one_to_one' ? (sources[0] ?? null) : sources;
};

/** A record as the API must show it. */
export const shownRow = (world: World, model: Model, id: RowId, row: Row): { readonly [name: string]: Json } => {
  const own = model.fields.map((field): [string, Json] => {
    const cell = row.get(field.id) ?? null;
    return [field.name, field.type === 'json' && typeof cell === 'string' ? (JSON.parse(cell) as Json) : cell];
  });
  const inverses = pointersTo(world, model.id)
    .filter(({ field }) => typeof field.options['relatedName'] === 'string')
    .map(({ model: source, field }): [string, Json] => [
      String(field.options['relatedName']),
      inverse(source, field, id),
    ]);
  return { id, ...Object.fromEntries([...own, ...inverses]) };
};

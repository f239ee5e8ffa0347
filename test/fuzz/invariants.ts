import { isDeepStrictEqual } from 'node:util';
import type { TestDatabase } from '../support/database.js';
import { isInBackground } from './enabled.js';
import type { Http, ModelBody, PageBody, RecordBody } from '../support/http.js';
import { CATALOGUE_SQL, expectedCounts, expectedTables } from './catalogue.js';
import {
  columnOf,
  type Field,
  isClock,
  isCounter,
  isToMany,
  isUnknown,
  type Json,
  type Model,
  modelOf,
  type Row,
  shownRow,
  tableOf,
  urlOf,
  type World,
} from './oracle.js';

/** What the oracle says and what is there differ. */
export class Divergence extends Error {}

/** What is remembered of the last look at the database. */
export interface Sight {
  /** DDL commands that have committed. */
  readonly ddl: number;
  /** Table and column by field id: both stay the same for as long as the field lives in a column. */
  readonly places: ReadonlyMap<string, string>;
  /** Tables by the names that they must have, as they are called in the database. */
  readonly tables: ReadonlyMap<string, string>;
}

export interface CatalogueRow {
  readonly table: string;
  readonly key: string | null;
  readonly column: string | null;
  readonly line: string;
}

const compare = (what: string, actual: unknown, expected: unknown): void => {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Divergence(`${what}\n  is  ${JSON.stringify(actual)}\n  not ${JSON.stringify(expected)}`);
};

/** Counts the DDL that commits from now on, whoever runs it. */
export const watchDdl = async ({ query }: TestDatabase): Promise<void> => {
  await query('CREATE SCHEMA observer');
  await query('CREATE TABLE observer.command (tag text NOT NULL)');
  await query(
    `CREATE FUNCTION observer.record() RETURNS event_trigger LANGUAGE plpgsql
         AS 'BEGIN INSERT INTO observer.command VALUES (tg_tag); END'`,
  );
  await query('CREATE EVENT TRIGGER observer_end ON ddl_command_end EXECUTE FUNCTION observer.record()');
  await query('CREATE EVENT TRIGGER observer_drop ON sql_drop EXECUTE FUNCTION observer.record()');
};

/**
 * A name is free only after the save in which its former owner goes, so it may carry a hash: `size_0123456789ab`.
 * That is a name for `size` as good as any other, as long as there are not two of them.
 */
const plain = (name: string): string => name.replaceAll(/_[0-9a-f]{12}(?=\b)/g, '');

/** A plain index beside a unique one of the same columns is of no use, and no harm. */
const isCovered = (line: string, lines: readonly string[]): boolean =>
  line.startsWith('index ') && lines.includes(line.replace('index', 'unique'));

export const linesByTable = (rows: readonly CatalogueRow[]): ReadonlyMap<string, readonly string[]> => {
  const tables = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { table, line } of rows) {
    // Several checks of one column are one idea, and a group of one field is unique as the field itself is.
    const isRepeated = /^(check|unique) /.test(line) && seen.has(`${table} ${line}`);
    seen.add(`${table} ${line}`);
    if (!isRepeated) tables.set(plain(table), [...(tables.get(plain(table)) ?? []), sortedColumns(plain(line))]);
  }
  return new Map([...tables].map(([table, lines]) => [table, lines.filter((line) => !isCovered(line, lines)).sort()]));
};

/** The columns of an index or a constraint in order of their names without hashes. */
const sortedColumns = (line: string): string =>
  line.replace(
    /^(unique|index|check) (\S+)/,
    (_whole, kind: string, columns: string) => `${kind} ${columns.split(',').sort().join()}`,
  );

const placesOf = (world: World, rows: readonly CatalogueRow[]): ReadonlyMap<string, string> => {
  const keys = new Map(
    rows
      .filter(({ key }) => key !== null)
      .map(({ table, column, key }) => [`${plain(table)}.${plain(column ?? '')}`, key]),
  );
  return new Map(
    [...world.models.values()].flatMap((model) =>
      model.fields
        .filter((field) => !isToMany(field))
        .map((field): [string, string] => [
          field.id,
          keys.get(`${tableOf(world, model)}.${columnOf(field)}`) ?? 'nowhere',
        ]),
    ),
  );
};

/** pg_catalog equals the definition with nothing extra, and no column was made anew but in the background. */
export const checkCatalogue = async (
  { query }: TestDatabase,
  world: World,
  before: Sight,
  hasChecks: boolean,
): Promise<Sight> => {
  const rows = await query<CatalogueRow>(CATALOGUE_SQL);
  const ddl = Number(rows.find(({ table }) => table === 'ddl')?.line);
  const actual = linesByTable(rows.filter(({ table }) => table !== 'ddl'));
  const expected = expectedTables(world, hasChecks);
  compare('The tables', [...actual.keys()].sort(), [...expected.keys()].sort());
  for (const [table, lines] of expected) compare(`The catalogue of ${table}`, actual.get(table), lines);

  const places = placesOf(world, rows);
  for (const [id, place] of places) {
    if (!isInBackground && before.places.has(id)) compare(`The place of field ${id}`, place, before.places.get(id));
  }
  return { ddl, places, tables: new Map(rows.map(({ table }) => [plain(table), table])) };
};

/** As many rows in each table as the oracle has, by SQL. */
export const checkCounts = async ({ query }: TestDatabase, world: World, { tables }: Sight): Promise<void> => {
  const expected = expectedCounts(world);
  if (expected.size === 0) return;
  const counts = [...expected.keys()].map(
    (table) => `SELECT '${table}' AS name, count(*)::int AS count FROM "${tables.get(table)}"`,
  );
  const rows = await query<{ name: string; count: number }>(counts.join(' UNION ALL '));
  compare('The counts', Object.fromEntries(rows.map(({ name, count }) => [name, count])), Object.fromEntries(expected));
};

const LEARNED: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d:\d\d(\.\d{1,6})?$/,
  date_time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  auto: /^[1-9]\d*$/,
  big_auto: /^[1-9]\d*$/,
};

/** Takes over what only the server could know, if it looks as it must. */
const learn = (model: Model, field: Field, row: Row, value: Json): void => {
  if (!(LEARNED[field.type] ?? /^$/).test(String(value))) {
    throw new Divergence(`"${field.name}" of ${model.name} was given ${JSON.stringify(value)}.`);
  }
  const isOwn = (isCounter(field) && field.unique) || (field.type === 'uuid' && !isClock(field));
  const isTaken = isOwn && [...model.rows.values()].some((other) => other !== row && other.get(field.id) === value);
  if (isTaken) throw new Divergence(`"${field.name}" of ${model.name} was given ${JSON.stringify(value)} twice.`);
  row.set(field.id, value);
};

/** Takes over from a record what only the server could know. */
export const learnFrom = (model: Model, row: Row, record: RecordBody | undefined): void => {
  for (const field of model.fields.filter(({ id }) => isUnknown(row.get(id) ?? null))) {
    learn(model, field, row, (record?.[field.name] ?? null) as Json);
  }
};

/** Every row and value of a model is as the oracle says, over the API. */
export const checkRows = async (http: Http, world: World, model: Model): Promise<void> => {
  const answer = await http.get<PageBody>(`${urlOf(world, model)}?limit=1000&sortBy=id:ASC`);
  if (answer.status !== 200) throw new Divergence(`The list of ${model.name} answers ${answer.status} ${answer.text}`);
  const records = new Map(answer.body.data.map((record: RecordBody) => [record.id as number | string, record]));
  for (const [id, row] of model.rows) {
    learnFrom(model, row, records.get(id));
  }
  compare(`The ids of ${model.name}`, new Set(records.keys()), new Set(model.rows.keys()));
  for (const [id, row] of model.rows) {
    compare(`Record ${id} of ${model.name}`, records.get(id), shownRow(world, model, id, row));
  }
};

const describeField = (world: World, field: Field): unknown => ({
  id: field.id,
  name: field.name,
  type: field.type,
  required: field.required || undefined,
  unique: field.unique || undefined,
  uniqueTogether: field.together || undefined,
  default: field.default ?? undefined,
  choices: field.choices.length === 0 ? undefined : field.choices,
  options: field.options,
  relatedModel: field.related === null ? undefined : `${world.app}.${modelOf(world, field.related).name}`,
});

/** Every definition is as the oracle says, over the API. */
export const checkDefinitions = async (http: Http, world: World): Promise<void> => {
  const answer = await http.get<PageBody<ModelBody>>(`/api/meta/models?app=${world.app}&limit=100`);
  const actual = answer.body.data.map(({ id, name, fields }) => ({
    id,
    name,
    fields: fields.map((field) => ({
      id: field.id,
      name: field.name,
      type: field.type,
      required: isCounter(field as unknown as Field) ? undefined : field['required'] || undefined,
      unique: field['unique'] || undefined,
      uniqueTogether: field['uniqueTogether'] || undefined,
      default: field['default'] ?? undefined,
      choices: field['choices'] ?? undefined,
      options: field['options'],
      relatedModel: field['relatedModel'] ?? undefined,
    })),
  }));
  const expected = [...world.models.values()].map(({ id, name, fields }) => ({
    id,
    name,
    fields: fields.map((field) => describeField(world, isCounter(field) ? { ...field, required: false } : field)),
  }));
  const sort = (models: readonly { readonly id: string }[]) =>
    [...models].sort((left, right) => (left.id < right.id ? -1 : 1));
  compare('The definitions', JSON.parse(JSON.stringify(sort(actual))), JSON.parse(JSON.stringify(sort(expected))));
};

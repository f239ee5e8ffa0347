import { isDeepStrictEqual } from 'node:util';
import type { FieldBody, ModelBody } from '../../support/http.js';
import { CATALOGUE_SQL, expectedTables } from '../catalogue.js';
import { type CatalogueRow, linesByTable } from '../invariants.js';
import type { Field, Json, Model, World } from '../oracle.js';
import type { Arena } from './arena.js';

const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype).sort();

const toField = (field: FieldBody, idOf: (name: unknown) => string | null): Field => ({
  id: field.id,
  name: field.name,
  type: field.type,
  options: (field['options'] ?? {}) as Field['options'],
  required: field['required'] === true,
  unique: field['unique'] === true,
  together: (field['uniqueTogether'] ?? false) as Field['together'],
  default: (field['default'] ?? null) as Json,
  choices: [],
  related: idOf(field['relatedModel']),
});

/** What the answered definitions say of the tables. */
const toWorld = (definitions: readonly ModelBody[]): World => {
  const ids = new Map(definitions.map(({ id, app, name }) => [`${app}.${name}`, id]));
  const idOf = (name: unknown) => ids.get(String(name)) ?? null;
  const models = definitions.map(({ id, app, name, primaryKey, fields }): [string, Model] => [
    id,
    {
      id,
      app,
      name,
      primaryKey: primaryKey as Model['primaryKey'],
      fields: fields.map((field) => toField(field, idOf)),
      rows: new Map(),
    },
  ]);
  return { app: '', models: new Map(models) };
};

/** Indexes and checks depend on more than the oracle reads out of definitions. */
const compared = (lines: readonly string[] | undefined): readonly string[] =>
  (lines ?? []).filter((line) => !/^(index|check) /.test(line));

/** Where the catalogue of the database differs from the definitions. */
const catalogueMistake = async (arena: Arena, definitions: readonly ModelBody[]): Promise<string | undefined> => {
  const rows = await arena.server.database.query<CatalogueRow>(CATALOGUE_SQL);
  const actual = linesByTable(rows.filter(({ table }) => !['ddl', 'canary'].includes(table)));
  const expected = expectedTables(toWorld(definitions), false);
  const tables = [...new Set([...actual.keys(), ...expected.keys()])];
  const wrong = tables.find((table) => !isDeepStrictEqual(compared(actual.get(table)), compared(expected.get(table))));
  if (wrong === undefined) return undefined;
  return `The catalogue of ${wrong}\n  is  ${compared(actual.get(wrong)).join('; ')}\n  not ${compared(expected.get(wrong)).join('; ')}`;
};

/** What holds as long as nothing is broken. */
export class Health {
  private constructor(private readonly needed: readonly ModelBody[]) {}

  /** Remembers the definitions that nothing may change. */
  static async of(arena: Arena): Promise<Health> {
    return new Health((await arena.definitions()).filter(({ app }) => app === 'arena'));
  }

  /** What is wrong; undefined when nothing is. */
  async check(arena: Arena): Promise<string | undefined> {
    const canary = await arena.server.database.query('SELECT * FROM public.canary');
    if (!isDeepStrictEqual(canary, [{ id: 1, song: 'tweet' }])) return 'The canary is dead.';
    if (!isDeepStrictEqual(Object.getOwnPropertyNames(Object.prototype).sort(), PROTOTYPE))
      return 'Somebody has touched the prototype of all objects.';
    const { status } = await arena.server.http.get('/health');
    if (status !== 200) return `The server is not healthy: ${status}`;
    const definitions = await arena.definitions();
    const needed = definitions.filter(({ id }) => this.needed.some((model) => model.id === id));
    if (!isDeepStrictEqual(needed, this.needed)) return 'A model has changed that nobody has touched.';
    return catalogueMistake(arena, definitions);
  }
}

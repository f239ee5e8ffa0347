import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestServer } from '../support/server.js';
import { creation } from './commands.js';
import { watchDdl } from './invariants.js';
import type { Field, Json, Model, World } from './oracle.js';
import { Session } from './session.js';
import { Summary } from './summary.js';
import type { Write } from './writes.js';

const field = (name: string, type: string, rest: Partial<Field> = {}): Field => ({
  id: `new:${name}`,
  name,
  type,
  options: {},
  required: false,
  unique: false,
  together: false,
  default: null,
  choices: [],
  related: null,
  ...rest,
});

const artist: Model = {
  id: 'new:Artist',
  name: 'Artist',
  primaryKey: 'big_auto',
  rows: new Map(),
  fields: [field('name', 'text', { required: true, unique: true }), field('born', 'integer')],
};

const song = (related: string): Model => ({
  id: 'new:Song',
  name: 'Song',
  primaryKey: 'big_auto',
  rows: new Map(),
  fields: [
    field('title', 'text', { together: true }),
    field('year', 'integer', { together: true, options: { index: true } }),
    field('artist', 'foreign_key', { related, options: { onDelete: 'restrict' } }),
    field('guests', 'many_to_many', { related }),
  ],
});

/** A record with the value that the oracle expects for each field by name. */
const record = (world: World, name: string, values: { readonly [field: string]: Json }): Write => {
  const model = [...world.models.values()].find((candidate) => candidate.name === name) ?? artist;
  const next = structuredClone(world);
  const row = new Map(model.fields.map(({ id, name: own }) => [id, values[own] ?? null]));
  next.models.get(model.id)?.rows.set(0, row);
  const path = `/api/${world.app}/${name.toLowerCase()}`;
  return { request: { method: 'post', path, body: values }, model: model.id, id: 0, codes: [''], wrong: [], next };
};

const withoutConstraint = (kind: string, table: string): string =>
  `DO $$ BEGIN EXECUTE (SELECT 'ALTER TABLE app_${table} DROP CONSTRAINT ' || quote_ident(conname)
    FROM pg_constraint WHERE contype = '${kind}' AND conrelid = 'app_${table}'::regclass); END $$`;

describe('the oracle sees', () => {
  let server: TestServer;
  let session: Session;
  let count = 0;

  const idOf = (name: string) => [...session.world.models.values()].find((model) => model.name === name)?.id ?? '';

  beforeAll(async () => {
    server = await startApp();
    await watchDdl(server.database);
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    await server.database.query(`DROP SCHEMA public CASCADE`);
    await server.database.query(`CREATE SCHEMA public`);
    session = new Session(server.http, server.database, { app: `app${count}`, models: new Map() }, new Summary());
    await session.edit(creation(session.world, artist));
    await session.edit(creation(session.world, song(idOf('Artist'))));
    await session.write(record(session.world, 'Artist', { name: 'Jobim', born: 1927 }));
    await session.write(record(session.world, 'Artist', { name: 'Miles', born: 1926 }));
    await session.write(record(session.world, 'Song', { title: 'Wave', year: 1967, artist: 1, guests: [1] }));
    await session.check();
  });

  it('nothing wrong where nothing is', async () => {
    await expect(session.check(true)).resolves.toBeUndefined();
  });

  it.each([
    ['a column that is gone', 'ALTER TABLE app_song DROP COLUMN year', /catalogue of app\d+_song/],
    ['a column too many', 'ALTER TABLE app_song ADD COLUMN extra text', /catalogue of app\d+_song/],
    ['a column of another name', 'ALTER TABLE app_song RENAME COLUMN year TO years', /catalogue of app\d+_song/],
    ['a column of another type', 'ALTER TABLE app_song ALTER COLUMN year TYPE bigint', /catalogue of app\d+_song/],
    [
      'a column that may be empty',
      'ALTER TABLE app_artist ALTER COLUMN name DROP NOT NULL',
      /catalogue of app\d+_artist/,
    ],
    [
      'a column that may not be empty',
      'ALTER TABLE app_artist ALTER COLUMN born SET NOT NULL',
      /catalogue of app\d+_artist/,
    ],
    [
      'a column that was dropped and added again',
      `ALTER TABLE app_artist DROP COLUMN born; ALTER TABLE app_artist ADD COLUMN born integer`,
      /place of field/,
    ],
    ['a check too many', 'ALTER TABLE app_song ADD CHECK (year > 0)', /catalogue of app\d+_song/],
    ['an index too many', 'CREATE INDEX ON app_song (title)', /catalogue of app\d+_song/],
    ['a unique index too many', 'CREATE UNIQUE INDEX ON app_song (title)', /catalogue of app\d+_song/],
    ['a unique constraint that is gone', withoutConstraint('u', 'artist'), /catalogue of app\d+_artist/],
    ['a foreign key that is gone', withoutConstraint('f', 'song'), /catalogue of app\d+_song/],
    ['a table too many', 'CREATE TABLE public.surprise (id integer)', /tables/],
    ['a table that is gone', 'DROP TABLE app_song CASCADE', /tables/],
    ['a view', 'CREATE VIEW public.surprise AS SELECT 1', /tables/],
    ['a value that is another', 'UPDATE app_artist SET born = 1928 WHERE id = 1', /Record 1 of Artist/],
    ['a value that is gone', 'UPDATE app_song SET artist_id = NULL', /Record 1 of Song/],
    ['a record that is gone', 'DELETE FROM app_song', /counts/],
    ['a record too many', `INSERT INTO app_artist (name) VALUES ('Elis')`, /counts/],
    ['a record that is another', 'UPDATE app_artist SET id = 7 WHERE id = 2', /ids of Artist/],
    ['a pair that is gone', 'DELETE FROM app_song_guests', /counts/],
  ])('%s', async (_title, sql, message) => {
    await server.database.query(sql.replaceAll('app_', `app${count}_`));
    session.touch();

    await expect(session.check()).rejects.toThrow(message);
  });

  it('DDL that changes nothing', async () => {
    await server.database.query(`COMMENT ON TABLE app${count}_song IS 'sung'`);

    await expect(session.check(true)).rejects.toThrow(/DDL commands ran for nothing/);
  });

  it('an edit that is accepted although it must be refused', async () => {
    const edit = creation(session.world, { ...artist, name: 'Other', id: 'new:Other', fields: [] });
    const prediction = { ...edit.prediction, problems: [{ status: 400, codes: ['invalid_name'] }] };

    await expect(session.edit({ ...edit, prediction })).rejects.toThrow(/accepted, although it must be refused/);
  });

  it('an edit that is refused with another code', async () => {
    const edit = creation(session.world, artist);
    const prediction = { ...edit.prediction, problems: [{ status: 400, codes: ['invalid_name'] }] };

    await expect(session.edit({ ...edit, prediction })).rejects.toThrow(/refused with 409 name_taken/);
  });

  it('a write that is answered with another code', async () => {
    const write = record(session.world, 'Artist', { name: 'Jobim' });

    await expect(session.write(write)).rejects.toThrow(/answers 409 unique_violation/);
  });
});

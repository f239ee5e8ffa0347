import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../../fixtures/arrange.js';
import { columnNames, indexes, snapshot, tableRows } from '../../fixtures/catalogue.js';
import { dynamoError, problem } from '../../fixtures/problem.js';
import { SONGS, songModel } from '../../fixtures/song.js';
import type { Http, ModelBody } from '../../support/http.js';
import { startApp, type TestServer } from '../../support/server.js';

describe('a table that was changed by hand', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const byHand = (sql: string) => server.database.query(sql.replaceAll('SONG', `${app}_song`));
  const addField = () => http.post(`/api/meta/models/${song.id}/fields`, { name: 'key', type: 'char' });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `drift${count}`;
    song = await defineModel(http, songModel(app));
    await createRecords(http, `/api/${app}/song`, SONGS);
  });

  it.each([
    [
      'has a column more',
      'ALTER TABLE SONG ADD COLUMN extra text',
      /_song: column extra is not part of the definition/,
    ],
    ['has a column less', 'ALTER TABLE SONG DROP COLUMN year', /_song: column year is missing/],
    [
      'has a column of another type',
      'ALTER TABLE SONG ALTER COLUMN year TYPE bigint',
      /_song: column year is bigint instead of integer/,
    ],
    [
      'has a column of another length',
      'ALTER TABLE SONG ALTER COLUMN composer TYPE varchar(300)',
      /_song: column composer is character varying\(300\) instead of character varying\(255\)/,
    ],
    ['has a column with another name', 'ALTER TABLE SONG RENAME COLUMN year TO jahr', /_song: column year is missing/],
    [
      'no longer requires a value',
      'ALTER TABLE SONG ALTER COLUMN name DROP NOT NULL',
      /_song: column name is character varying\(255\) instead of character varying\(255\) not null/,
    ],
    [
      'has a default more',
      `ALTER TABLE SONG ALTER COLUMN year SET DEFAULT 1967`,
      /_song: column year has a default that nobody asked for/,
    ],
    [
      'has a rule more',
      'ALTER TABLE SONG ADD CONSTRAINT recent CHECK (year > 1900)',
      /_song: constraint recent is not part of the definition/,
    ],
  ])('and %s is not changed further: schema_drift', async (_title, sql, difference) => {
    await byHand(sql);
    const before = await snapshot(server.database);
    const rows = await tableRows(server.database, `${app}_song`);

    const answer = await addField();

    expect(answer).toMatchObject(
      problem(
        409,
        'schema_drift',
        /^The table was changed outside of Dynamo, so nothing was applied: .+\. Undo that change and repeat\.$/,
      ),
    );
    expect(answer).toMatchObject({
      body: {
        errors: expect.arrayContaining([
          { path: '', code: 'schema_drift', message: expect.stringMatching(difference) },
        ]),
      },
    });
    expect(await snapshot(server.database)).toEqual(before);
    expect(await tableRows(server.database, `${app}_song`)).toEqual(rows);
  });

  it('is changed again once that is undone', async () => {
    await byHand('ALTER TABLE SONG ADD COLUMN extra text');
    await addField();
    await byHand('ALTER TABLE SONG DROP COLUMN extra');

    const answer = await addField();

    expect(answer).toMatchObject({ status: 201, body: { name: 'key' } });
    expect(await columnNames(server.database, `${app}_song`)).toEqual(['id', 'name', 'composer', 'year', 'key']);
  });

  it('is reported to a program as an error, and nothing of its transaction stays', async () => {
    await byHand('ALTER TABLE SONG ADD COLUMN extra text');
    const before = await snapshot(server.database);

    const change = server.models.updateField(fieldOf(song, 'year').id, { name: 'recorded_in' });

    await expect(change).rejects.toEqual(dynamoError('schema_drift', /column extra is not part of the definition/));
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('keeps its records usable', async () => {
    await byHand('ALTER TABLE SONG ADD COLUMN extra text');
    await addField();

    expect(await http.get(`/api/${app}/song/1`)).toMatchObject({ status: 200, body: { id: 1, ...SONGS[0] } });
    expect(await http.post(`/api/${app}/song`, { name: 'Dindi' })).toMatchObject({ status: 201 });
  });

  it('can still be deleted with its model', async () => {
    await byHand('ALTER TABLE SONG ADD COLUMN extra text');

    expect(await http.delete(`/api/meta/models/${song.id}`)).toMatchObject({ status: 204 });
  });

  it('does not stand in the way of other tables', async () => {
    await byHand('ALTER TABLE SONG ADD COLUMN extra text');

    const other = await defineModel(http, { app, name: 'Other', fields: [{ name: 'name', type: 'char' }] });
    const answer = await http.post(`/api/meta/models/${other.id}/fields`, { name: 'key', type: 'char' });

    expect(answer).toMatchObject({ status: 201 });
  });

  it('does not stand in the way of changes that concern no table', async () => {
    await byHand('ALTER TABLE SONG ADD COLUMN extra text');

    const answer = await http.patch(`/api/meta/models/${song.id}`, { verboseName: 'Piece' });

    expect(answer).toMatchObject({ status: 200, body: { verboseName: 'Piece' } });
  });

  it('keeps an index that somebody made, through changes of the table', async () => {
    await byHand('CREATE INDEX by_hand ON SONG (year, name)');
    await byHand('CREATE INDEX by_hand_lower ON SONG (lower(name))');

    const added = await addField();
    const renamed = await http.patch(`/api/meta/fields/${fieldOf(song, 'year').id}`, { name: 'recordedIn' });

    expect([added.status, renamed.status]).toEqual([201, 200]);
    expect(await indexes(server.database, `${app}_song`)).toEqual(['id primary', 'recorded_in,name']);
    expect(await server.database.query(`SELECT to_regclass('by_hand_lower') IS NOT NULL AS kept`)).toEqual([
      { kept: true },
    ]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { MetaModel } from '../../src/index.js';
import { patchConfirmed } from '../fixtures/plan.js';
import { problem } from '../fixtures/problem.js';
import { SONGS, songModel } from '../fixtures/song.js';
import type { Http, ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** One applied change, as the API shows it. */
interface Entry {
  readonly id: unknown;
  readonly version: number;
  readonly at: string;
  readonly kind: string;
  readonly operations: readonly object[];
}

interface EntryPage {
  readonly data: readonly Entry[];
  readonly meta: object;
}

const anyText = expect.stringMatching(/\S/);
const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

describe('the history of a model', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const path = () => `/api/meta/models/${song.id}/history`;
  const page = async (query = '') => http.get<EntryPage>(`${path()}${query}`);
  const history = async () => {
    const answer = await page();
    expect(answer).toMatchObject({ status: 200, body: { data: expect.any(Array) } });
    return answer.body.data;
  };
  const kinds = async () => (await history()).map(({ kind }) => kind);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `history${count}`;
    song = await defineModel(http, songModel(app));
    await createRecords(http, `/api/${app}/song`, SONGS);
  });

  it('begins with its creation', async () => {
    const answer = await page();

    expect(answer).toMatchObject({
      status: 200,
      body: { meta: { itemsPerPage: expect.any(Number), totalItems: 1, currentPage: 1, totalPages: 1 } },
    });
    expect(answer.body.data).toEqual([
      {
        id: expect.anything(),
        version: expect.any(Number),
        at: MOMENT,
        by: null,
        requestId: expect.any(String),
        kind: 'create',
        before: null,
        after: expect.objectContaining({ app, name: 'Song', fields: expect.any(Array) }),
        operations: expect.any(Array),
        durationMs: expect.any(Number),
      },
    ]);
    expect(answer.body.data[0].operations).toContainEqual(
      expect.objectContaining({
        kind: anyText,
        description: expect.stringContaining(`${app}_song`),
        sql: expect.arrayContaining([expect.stringContaining('CREATE TABLE')]),
      }),
    );
  });

  it('tells each change, the newest first, with what was and what is', async () => {
    await http.patch(`/api/meta/fields/${fieldOf(song, 'year').id}`, { type: 'text' });
    await http.patch(`/api/meta/models/${song.id}`, { name: 'Tune' });

    const [renamed, retyped, created] = await history();

    expect(renamed).toMatchObject({ kind: 'update', before: { name: 'Song' }, after: { name: 'Tune' } });
    expect(retyped).toMatchObject({
      kind: 'update',
      before: { fields: expect.arrayContaining([expect.objectContaining({ name: 'year', type: 'integer' })]) },
      after: { fields: expect.arrayContaining([expect.objectContaining({ name: 'year', type: 'text' })]) },
    });
    expect(created.kind).toBe('create');
    expect(renamed.version).toBeGreaterThan(retyped.version);
    expect(retyped.version).toBeGreaterThan(created.version);
  });

  it('tells fields that come and go as changes of the model', async () => {
    await http.post(`/api/meta/models/${song.id}/fields`, { name: 'key', type: 'char' });
    await http.delete(`/api/meta/fields/${fieldOf(song, 'composer').id}`);
    await patchConfirmed(http, `/api/meta/models/${song.id}`, { fields: [fieldOf(song, 'name')] });

    expect(await kinds()).toEqual(['update', 'update', 'update', 'create']);
  });

  it('tells one save of many changes once', async () => {
    const [name, composer, year] = song.fields;

    await http.patch(`/api/meta/models/${song.id}`, {
      fields: [{ ...name, name: 'title' }, { ...composer, type: 'text' }, year, { name: 'key', type: 'char' }],
    });

    expect(await kinds()).toEqual(['update', 'create']);
  });

  it('is there by id when the model is gone', async () => {
    await http.delete(`/api/meta/models/${song.id}`);

    const answer = await page();

    expect(answer).toMatchObject({
      status: 200,
      body: { data: [{ kind: 'delete', before: { name: 'Song' }, after: null }, { kind: 'create' }] },
    });
  });

  it('knows nothing of a save that changes nothing', async () => {
    await http.patch(`/api/meta/models/${song.id}`, { fields: song.fields });
    await http.patch(`/api/meta/fields/${fieldOf(song, 'year').id}`, { type: 'IntegerField' });

    expect(await kinds()).toEqual(['create']);
  });

  it('knows nothing of a change that was refused or only planned', async () => {
    await http.patch(`/api/meta/fields/${fieldOf(song, 'composer').id}`, { unique: true });
    await http.patch(`/api/meta/models/${song.id}`, { fields: [] });
    await http.post('/api/meta/plan', { action: 'delete_model', model: song.id });

    expect(await kinds()).toEqual(['create']);
  });

  it('knows nothing of a transaction that was rolled back', async () => {
    const act = server.dataSource.transaction(async (manager) => {
      await manager.getRepository(MetaModel).save({ id: song.id, name: 'Never' });
      throw new Error('changed my mind');
    });

    await expect(act).rejects.toThrow('changed my mind');
    expect(await kinds()).toEqual(['create']);
  });

  it('comes page by page', async () => {
    await http.post(`/api/meta/models/${song.id}/fields`, { name: 'a', type: 'char' });
    await http.post(`/api/meta/models/${song.id}/fields`, { name: 'b', type: 'char' });

    const first = await page('?page=1&limit=2');
    const second = await page('?page=2&limit=2');

    expect(first.body).toMatchObject({
      data: [{ kind: 'update' }, { kind: 'update' }],
      meta: { itemsPerPage: 2, totalItems: 3, currentPage: 1, totalPages: 2 },
    });
    expect(second.body).toMatchObject({ data: [{ kind: 'create' }], meta: { currentPage: 2 } });
  });

  it.each(['?page=0', '?limit=0', '?limit=1001', '?page=x', '?order=1'])('refuses the query %s', async (query) => {
    expect(await page(query)).toMatchObject({ status: 400 });
  });

  it('keeps the histories of two models of the same name apart', async () => {
    await http.delete(`/api/meta/models/${song.id}`);
    const second = await defineModel(http, songModel(app));

    const answer = await http.get<EntryPage>(`/api/meta/models/${second.id}/history`);

    expect(answer).toMatchObject({ status: 200, body: { data: [{ kind: 'create' }] } });
    expect(await kinds()).toEqual(['delete', 'create']);
  });

  it('of nobody is not found', async () => {
    const answer = await http.get('/api/meta/models/00000000-0000-4000-8000-000000000000/history');

    expect(answer).toMatchObject(problem(404, 'meta_model_not_found', /00000000/));
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { snapshot, tableNames } from '../fixtures/catalogue.js';
import { blockedBy, type PlanBody } from '../fixtures/plan.js';
import { problem } from '../fixtures/problem.js';
import { SONGS, songModel } from '../fixtures/song.js';
import type { DestructiveProblem, Http, ModelBody, PageBody } from '../support/http.js';
import { DynamoModels } from '../../src/index.js';
import { startApp, type TestServer } from '../support/server.js';

const PLAN = '/api/meta/plan';
const APPLY = '/api/meta/apply';

/** The part of `DynamoModels` that plans and applies. */
interface Program {
  plan(changes: readonly object[]): Promise<PlanBody>;
  apply(changes: readonly object[]): Promise<PlanBody>;
}

describe('several changes at once', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const records = async (path: string) => (await http.get<PageBody>(`/api/${app}/${path}?sortBy=id:ASC`)).body.data;
  const field = (name: string) => `${app}.Song.${name}`;
  const album = () => ({
    action: 'create_model',
    values: { app, name: 'Album', fields: [{ name: 'title', type: 'char' }] },
  });
  const relation = () => ({
    action: 'create_field',
    model: `${app}.Song`,
    values: { name: 'album', type: 'foreign_key', relatedModel: `${app}.Album` },
  });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
  });
  afterAll(async () => {
    await expectUnharmed(server.database);
    await server.close();
  });

  beforeEach(async () => {
    count += 1;
    app = `apply${count}`;
    song = await defineModel(http, songModel(app));
    await createRecords(http, `/api/${app}/song`, SONGS);
  });

  it('are one plan, and later ones build on earlier ones', async () => {
    const before = await snapshot(server.database);

    const answer = await http.post<PlanBody>(PLAN, { changes: [album(), relation()] });

    expect(answer).toMatchObject({ status: 200, body: { destructive: false, blockers: [] } });
    expect(answer.body.operations).toContainEqual(
      expect.objectContaining({ description: expect.stringMatching(/create.*album/i) }),
    );
    expect(answer.body.operations).toContainEqual(
      expect.objectContaining({ sql: expect.arrayContaining([expect.stringContaining('"album_id"')]) }),
    );
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('are applied as they were planned', async () => {
    const body = {
      changes: [album(), relation(), { action: 'update_field', field: field('year'), values: { type: 'text' } }],
    };
    const planned = await http.post<PlanBody>(PLAN, body);

    const answer = await http.post<PlanBody>(APPLY, body);

    expect(answer).toMatchObject({ status: 200, body: { hash: planned.body.hash } });
    expect(answer.body.operations).toEqual(planned.body.operations);
    expect(await records('song')).toMatchObject([
      { name: 'Wave', year: '1967', album: null },
      { name: 'Triste', year: '1966', album: null },
      { name: `O'Rock`, year: null, album: null },
    ]);
    expect(await http.post(`/api/${app}/album`, { title: 'Wave' })).toMatchObject({ status: 201 });
  });

  it('are all undone when one of them is refused', async () => {
    const before = await snapshot(server.database);

    const answer = await http.post(APPLY, {
      changes: [album(), relation(), { action: 'update_field', field: field('composer'), values: { unique: true } }],
    });

    expect(answer).toMatchObject(blockedBy('composer', 'duplicate_values'));
    expect(await snapshot(server.database)).toEqual(before);
    expect(await tableNames(server.database)).not.toContain(`${app}_album`);
    expect(await http.get(`/api/${app}/album`)).toMatchObject({ status: 404 });
  });

  it('take one remedy each, by qualified name', async () => {
    const answer = await http.post(APPLY, {
      changes: [
        { action: 'update_field', field: field('year'), values: { required: true } },
        { action: 'update_field', field: field('composer'), values: { required: true } },
      ],
      remedies: {
        [field('year')]: { action: 'backfill', value: 2000 },
        composer: { action: 'backfill', value: `x'); DROP TABLE canary;--` },
      },
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(await records('song')).toMatchObject([
      SONGS[0],
      SONGS[1],
      { name: `O'Rock`, composer: `x'); DROP TABLE canary;--`, year: 2000 },
    ]);
  });

  it('need no confirmation for what they name', async () => {
    const answer = await http.post(APPLY, { changes: [{ action: 'delete_field', field: field('year') }] });

    expect(answer).toMatchObject({ status: 200, body: { destructive: true } });
    expect(await records('song')).toEqual(SONGS.map(({ name, composer }, at) => ({ id: at + 1, name, composer })));
  });

  it('need one for what they do not name', async () => {
    const body = { action: 'update_model', model: song.id, values: { fields: [fieldOf(song, 'name')] } };

    const refused = await http.post<DestructiveProblem>(APPLY, body);
    expect(refused).toMatchObject(problem(409, 'destructive_change', /composer.*confirm/s));
    const invented = await http.post(`${APPLY}?confirm=yes`, body);
    const answer = await http.post(`${APPLY}?confirm=${refused.body.plan.hash}`, body);

    expect(invented).toMatchObject(problem(409, 'plan_changed', /plan/));
    expect(answer).toMatchObject({ status: 200 });
    expect(await records('song')).toEqual(SONGS.map(({ name }, at) => ({ id: at + 1, name })));
  });

  it('may swap the names of two models and keep their records', async () => {
    await defineModel(http, { app, name: 'Album', fields: [{ name: 'title', type: 'char' }] });
    await createRecords(http, `/api/${app}/album`, [{ title: 'Wave' }]);

    const answer = await http.post(APPLY, {
      changes: [
        { action: 'update_model', model: song.id, values: { name: 'Parked' } },
        { action: 'update_model', model: `${app}.Album`, values: { name: 'Song' } },
        { action: 'update_model', model: song.id, values: { name: 'Album' } },
      ],
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(await records('song')).toEqual([{ id: 1, title: 'Wave' }]);
    expect(await records('album')).toMatchObject(SONGS);
  });

  it.each<[string, object]>([
    ['an unknown action', { action: 'drop_database' }],
    ['no action', { model: 'a.B' }],
    ['an action with SQL', { action: `create_model'; DROP TABLE canary;--`, values: {} }],
    ['changes that are no list', { changes: 'all' }],
    ['an unknown property', { action: 'delete_model', model: 'a.B', sql: 'DROP TABLE canary' }],
    ['a model that does not exist', { action: 'delete_model', model: 'no.Such' }],
  ])('are refused with %s', async (_title, body) => {
    const before = await snapshot(server.database);

    const planned = await http.post(PLAN, body);
    const answer = await http.post(APPLY, body);

    const refused = {
      family: '4xx',
      contentType: expect.stringContaining('problem+json'),
      body: { code: expect.not.stringMatching(/^(model|route)_not_found$/), errors: expect.any(Array) },
    };
    expect([planned, answer]).toMatchObject([refused, refused]);
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('work in a program too', async () => {
    const changes = [album(), relation()];

    const models = server.app.get<object, Program>(DynamoModels);

    const planned = await models.plan(changes);
    const applied = await models.apply(changes);

    expect(planned).toMatchObject({ destructive: false, blockers: [] });
    expect(applied).toMatchObject({ hash: planned.hash });
    expect(await server.models.repository(`${app}.Album`).count()).toBe(0);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { snapshot, tableRows } from '../fixtures/catalogue.js';
import { blockerOf, type PlanBody } from '../fixtures/plan.js';
import { problem } from '../fixtures/problem.js';
import { recordSignals } from '../fixtures/signals.js';
import { SONGS, songModel } from '../fixtures/song.js';
import type { DestructiveProblem, Http, ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const PLAN = '/api/meta/plan';

const anyText = expect.stringMatching(/\S/);
const anyOperation = {
  kind: anyText,
  description: anyText,
  sql: expect.arrayContaining([anyText]),
  lock: anyText,
  rewrites: anyText,
  rows: expect.any(Number),
  destructive: expect.any(Boolean),
};

describe('asking what a change would do', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const everything = async () => ({
    ...(await snapshot(server.database)),
    rows: await tableRows(server.database, `${app}_song`),
  });
  const plan = async (body: object): Promise<PlanBody> => {
    const answer = await http.post<PlanBody>(PLAN, body);
    expect(answer).toMatchObject({ status: 200, body: { hash: anyText } });
    return answer.body;
  };
  const field = (name: string) => `${app}.Song.${name}`;
  const withoutYear = () => ({ fields: song.fields.filter(({ name }) => name !== 'year') });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `plan${count}`;
    song = await defineModel(http, songModel(app));
    await createRecords(http, `/api/${app}/song`, SONGS);
  });

  it.each<[string, (names: { app: string; id: string }) => object, boolean, RegExp]>([
    [
      'create_model',
      (names) => ({ values: { app: names.app, name: 'Album', fields: [{ name: 'title', type: 'char' }] } }),
      false,
      /album/i,
    ],
    ['update_model', (names) => ({ model: names.id, values: { name: 'Tune' } }), false, /tune/i],
    ['delete_model', (names) => ({ model: `${names.app}.Song` }), true, /song/i],
    ['create_field', (names) => ({ model: `${names.app}.Song`, values: { name: 'key', type: 'char' } }), false, /key/],
    ['update_field', (names) => ({ field: `${names.app}.Song.year`, values: { type: 'text' } }), false, /year/],
    ['delete_field', (names) => ({ field: `${names.app}.Song.year` }), true, /year/],
  ])('%s is told and not done', async (action, change, destructive, description) => {
    const before = await everything();
    const signals = recordSignals(server.signals);

    const answer = await plan({ action, ...change({ app, id: song.id }) });
    signals.stop();

    expect(answer).toMatchObject({ destructive, blockers: [], warnings: [] });
    expect(answer.operations).toEqual(answer.operations.map(() => expect.objectContaining(anyOperation)));
    expect(answer.operations).toContainEqual(
      expect.objectContaining({ description: expect.stringMatching(description), destructive }),
    );
    expect(await everything()).toEqual(before);
    expect(signals.names).toEqual([]);
  });

  it('has nothing to do for a definition that is as it was', async () => {
    const answer = await plan({ action: 'update_model', model: song.id, values: { fields: song.fields } });

    expect(answer).toMatchObject({ destructive: false, operations: [], blockers: [] });
  });

  it('takes a field by its id as well', async () => {
    const byId = await plan({ action: 'delete_field', field: fieldOf(song, 'year').id });

    expect(byId).toEqual(await plan({ action: 'delete_field', field: field('year') }));
  });

  it('tells how many records a change of type rewrites', async () => {
    const answer = await plan({ action: 'update_field', field: field('year'), values: { type: 'text' } });

    expect(answer.operations).toContainEqual(expect.objectContaining({ rewrites: 'rewrites', rows: 3 }));
  });

  it('tells what stands in the way, instead of refusing', async () => {
    const answer = await plan({ action: 'update_field', field: field('composer'), values: { unique: true } });

    expect(answer.blockers).toEqual([
      blockerOf('composer', 'duplicate_values', {
        samples: [{ composer: 'Jobim', records: 2 }],
        remedies: expect.arrayContaining(['nullify', 'keepLatest', 'keepOldest']),
      }),
    ]);
  });

  it('shows what a remedy does, and that it deletes records', async () => {
    const answer = await plan({
      action: 'update_field',
      field: field('composer'),
      values: { unique: true },
      remedies: { composer: { action: 'keepOldest' } },
    });

    expect(answer).toMatchObject({ destructive: true, blockers: [] });
    expect(await tableRows(server.database, `${app}_song`)).toHaveLength(3);
  });

  it('gives the hash that confirms the change', async () => {
    const { hash } = await plan({ action: 'update_model', model: song.id, values: withoutYear() });

    const refused = await http.patch<DestructiveProblem>(`/api/meta/models/${song.id}`, withoutYear());
    const answer = await http.patch(`/api/meta/models/${song.id}?confirm=${hash}`, withoutYear());

    expect(refused).toMatchObject({ status: 409, body: { code: 'destructive_change', plan: { hash } } });
    expect(answer).toMatchObject({ status: 200, body: { fields: [{ name: 'name' }, { name: 'composer' }] } });
  });

  it('gives the hash that confirms a lossy change of a field', async () => {
    const price = { name: 'price', type: 'decimal', default: '1.50', required: true };
    await http.post(`/api/meta/models/${song.id}/fields`, price);
    const values = { type: 'integer', default: 1 };
    const { hash, destructive } = await plan({ action: 'update_field', field: field('price'), values });
    const { fields } = (await http.get<ModelBody>(`/api/meta/models/${song.id}`)).body;

    const answer = await http.patch(`/api/meta/fields/${fields[3].id}?confirm=${hash}`, values);

    expect(destructive).toBe(true);
    expect(answer).toMatchObject({ status: 200, body: { name: 'price', type: 'integer' } });
  });

  it('no longer confirms anything once the model has moved', async () => {
    const { hash } = await plan({ action: 'update_model', model: song.id, values: withoutYear() });
    await http.post(`/api/meta/models/${song.id}/fields`, { name: 'key', type: 'char' });
    const before = await everything();

    const answer = await http.patch(`/api/meta/models/${song.id}?confirm=${hash}`, withoutYear());

    expect(answer).toMatchObject(problem(409, 'plan_changed', /plan/));
    expect(await everything()).toEqual(before);
  });

  it.each<[string, (song: string) => object, number, string]>([
    [
      'an unknown type',
      (model) => ({ action: 'create_field', model, values: { name: 'x', type: 'magic' } }),
      400,
      'unknown_type',
    ],
    [
      'a taken name',
      (model) => ({ action: 'create_field', model, values: { name: 'year', type: 'char' } }),
      400,
      'duplicate_field',
    ],
    [
      'an impossible type',
      (model) => ({ action: 'update_field', field: `${model}.year`, values: { type: 'date' } }),
      400,
      'type_change_impossible',
    ],
    ['an unknown model', (model) => ({ action: 'delete_model', model: `${model}book` }), 404, 'meta_model_not_found'],
    ['an unknown field', (model) => ({ action: 'delete_field', field: `${model}.key` }), 404, 'meta_field_not_found'],
  ])('refuses what the change itself would refuse: %s', async (_title, change, status, code) => {
    const before = await everything();

    const answer = await http.post(PLAN, change(`${app}.Song`));

    expect(answer).toMatchObject(problem(status, code, /\S/));
    expect(await everything()).toEqual(before);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { snapshot } from '../fixtures/catalogue.js';
import { problem } from '../fixtures/problem.js';
import { SONGS, songModel } from '../fixtures/song.js';
import { httpClient, type Answer, type Http, type ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const STALE = problem(412, 'precondition_failed', /\S/);

describe('two editors of one model', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const modelPath = () => `/api/meta/models/${song.id}`;
  const fieldPath = () => `/api/meta/fields/${fieldOf(song, 'year').id}`;
  const tagOf = ({ headers }: Answer): string => {
    const etag = headers.get('etag') ?? 'no ETag';
    expect(etag).toMatch(/^(W\/)?".+"$/);
    return etag;
  };
  const tag = async (path: string) => tagOf(await http.get(path));
  const ifMatch = (etag: string) => httpClient(server.url, { 'if-match': etag });
  const ifNoneMatch = (etag: string) => httpClient(server.url, { 'if-none-match': etag });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `etag${count}`;
    song = await defineModel(http, songModel(app));
    await createRecords(http, `/api/${app}/song`, SONGS);
  });

  it('read the same tag as long as nothing changes', async () => {
    const first = await http.get(modelPath());
    await http.patch(modelPath(), { name: 'Song' });
    await http.post(`/api/${app}/song`, { name: 'a record is no change of the model' });

    const second = await http.get(`/api/meta/models/${app}.Song`);

    expect(tagOf(second)).toBe(tagOf(first));
    expect(await tag(fieldPath())).toBe(await tag(fieldPath()));
  });

  it.each<[string, (http: Http, model: string, field: string) => Promise<Answer>]>([
    ['a name', (client, model) => client.patch(model, { name: 'Tune' })],
    ['a description', (client, model) => client.patch(model, { description: 'All we have' })],
    ['the description of a field', (client, _model, field) => client.patch(field, { description: 'of release' })],
    ['the type of a field', (client, _model, field) => client.patch(field, { type: 'text' })],
    ['a new field', (client, model) => client.post(`${model}/fields`, { name: 'key', type: 'char' })],
    ['a field that goes', (client, _model, field) => client.delete(field)],
  ])('see another tag after %s', async (_title, change) => {
    const before = await tag(modelPath());

    const answer = await change(http, modelPath(), fieldPath());

    expect(answer).toMatchObject({ family: '2xx' });
    expect(await tag(modelPath())).not.toBe(before);
  });

  it('cannot overwrite each other: the second is refused', async () => {
    const etag = await tag(modelPath());
    const first = await ifMatch(etag).patch(modelPath(), { name: 'Tune' });
    const before = await snapshot(server.database);

    const second = await ifMatch(etag).patch(modelPath(), { name: 'Piece' });

    expect(first).toMatchObject({ status: 200, body: { name: 'Tune' } });
    expect(second).toMatchObject(STALE);
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('cannot overwrite each other when both save at the same moment', async () => {
    const etag = await tag(modelPath());

    const answers = await Promise.all(
      ['Tune', 'Piece', 'Work'].map((name) => ifMatch(etag).patch(modelPath(), { name })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it.each<[string, (http: Http, model: string, field: string) => Promise<Answer>]>([
    ['PATCH of the model', (client, model) => client.patch(model, { verboseName: 'x' })],
    ['DELETE of the model', (client, model) => client.delete(model)],
    ['POST of a field', (client, model) => client.post(`${model}/fields`, { name: 'key', type: 'char' })],
    ['PATCH of a field', (client, _model, field) => client.patch(field, { required: false })],
    ['DELETE of a field', (client, _model, field) => client.delete(field)],
  ])('are refused with a tag that nobody gave: %s', async (_title, change) => {
    const before = await snapshot(server.database);

    const answer = await change(ifMatch('"made-up"'), modelPath(), fieldPath());

    expect(answer).toMatchObject(STALE);
    expect(await snapshot(server.database)).toEqual(before);
  });

  it('go on with the tag of the answer', async () => {
    const etag = await tag(modelPath());

    const patched = await ifMatch(etag).patch(modelPath(), { description: 'one' });
    const again = await ifMatch(tagOf(patched)).patch(modelPath(), { description: 'two' });

    expect([patched, again]).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(await tag(modelPath())).toBe(tagOf(again));
  });

  it('get the tag of a new model at once', async () => {
    const answer = await http.post<ModelBody>('/api/meta/models', songModel(`${app}new`));

    expect(await tag(`/api/meta/models/${answer.body.id}`)).toBe(tagOf(answer));
  });

  it('change a field with the tag of the field', async () => {
    const etag = await tag(fieldPath());

    const first = await ifMatch(etag).patch(fieldPath(), { description: 'one' });
    const second = await ifMatch(etag).patch(fieldPath(), { description: 'two' });

    expect(first).toMatchObject({ status: 200, body: { description: 'one' } });
    expect(second).toMatchObject(STALE);
  });

  it('add a field with the tag of the model', async () => {
    const etag = await tag(modelPath());

    const first = await ifMatch(etag).post(`${modelPath()}/fields`, { name: 'key', type: 'char' });
    const second = await ifMatch(etag).post(`${modelPath()}/fields`, { name: 'tempo', type: 'char' });

    expect(first).toMatchObject({ status: 201, body: { name: 'key' } });
    expect(second).toMatchObject(STALE);
  });

  it.each(['*', '"other", :tag'])('may name any tag or several: %s', async (header) => {
    const etag = await tag(modelPath());

    const answer = await ifMatch(header.replace(':tag', etag)).patch(modelPath(), { description: 'any' });

    expect(answer).toMatchObject({ status: 200, body: { description: 'any' } });
  });

  it('need not send the model again to whom it is known', async () => {
    const etag = await tag(modelPath());

    const known = await ifNoneMatch(etag).get(modelPath());
    const field = await ifNoneMatch(await tag(fieldPath())).get(fieldPath());
    await http.patch(modelPath(), { description: 'new' });
    const changed = await ifNoneMatch(etag).get(modelPath());

    expect([known, field]).toMatchObject([
      { status: 304, text: '' },
      { status: 304, text: '' },
    ]);
    expect(tagOf(known)).toBe(etag);
    expect(changed).toMatchObject({ status: 200, body: { description: 'new' } });
  });
});

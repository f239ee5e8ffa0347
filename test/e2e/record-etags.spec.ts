import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModels } from '../fixtures/arrange.js';
import { readDocument } from '../fixtures/openapi.js';
import { problem } from '../fixtures/problem.js';
import { type Answer, type Http, httpClient } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const STALE = problem(412, 'precondition_failed', /Somebody else has changed this/);

describe.each(['fastify', 'express'] as const)('tags of records, on %s', (adapter) => {
  let server: TestServer;
  let http: Http;
  let url = '';
  let app = '';
  let count = 0;

  const tagOf = ({ headers }: Answer): string => headers.get('etag') ?? 'no ETag';
  const ifMatch = (etag: string) => httpClient(server.url, { 'if-match': etag });
  const ifNoneMatch = (etag: string) => httpClient(server.url, { 'if-none-match': etag });

  beforeAll(async () => {
    server = await startApp({ adapter });
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `tag${count}`;
    url = `/api/${app}/song`;
    await defineModels(http, [
      { app, name: 'Genre', fields: [{ name: 'name', type: 'char' }] },
      {
        app,
        name: 'Song',
        fields: [
          { name: 'name', type: 'char', required: true },
          { name: 'price', type: 'decimal', options: { precision: 10, scale: 2 } },
          { name: 'genres', type: 'many_to_many', relatedModel: `${app}.Genre`, options: { relatedName: 'songs' } },
        ],
      },
    ]);
    await createRecords(http, `/api/${app}/genre`, [{ name: 'rock' }, { name: 'jazz' }]);
    await createRecord(http, url, { name: 'Wave', price: '1.50' });
  });

  it('are strong, and the same as long as the record is', async () => {
    const first = await http.get(`${url}/1`);
    const second = await http.get(`${url}/1`);

    expect(tagOf(first)).toMatch(/^"[\w-]{16}"$/);
    expect(tagOf(second)).toBe(tagOf(first));
  });

  it('of whoever writes are those of whoever reads next', async () => {
    const created = await http.post(url, { name: 'Tide', genres: [1] });
    const read = await http.get(`${url}/2`);
    const patched = await http.patch(`${url}/2`, { price: '2.00' });
    const readAgain = await http.get(`${url}/2`);
    const replaced = await http.put(`${url}/2`, { name: 'Stone' });
    const readAtLast = await http.get(`${url}/2`);

    expect(tagOf(created)).toBe(tagOf(read));
    expect(tagOf(patched)).toBe(tagOf(readAgain));
    expect(tagOf(replaced)).toBe(tagOf(readAtLast));
    expect(new Set([read, readAgain, readAtLast].map(tagOf)).size).toBe(3);
  });

  it('move with the related records that the record shows', async () => {
    const genre = await http.get(`/api/${app}/genre/1`);
    const song = await http.get(`${url}/1`);

    await http.patch(`${url}/1`, { genres: [1] });

    expect(tagOf(await http.get(`/api/${app}/genre/1`))).not.toBe(tagOf(genre));
    expect(tagOf(await http.get(`${url}/1`))).not.toBe(tagOf(song));
  });

  it('are those of one record, not of many', async () => {
    const created = await http.post(url, [{ name: 'Tide' }]);

    expect(created).toMatchObject({ status: 201 });
    expect(tagOf(created)).not.toMatch(/^"/);
  });

  it.each([
    ['the tag', (etag: string) => etag],
    ['the tag among others', (etag: string) => `"old", ${etag}`],
    ['the tag, made weak by a proxy', (etag: string) => `W/${etag}`],
    ['a star', () => '*'],
  ])('answer 304 without a body to If-None-Match with %s', async (_title, header) => {
    const etag = tagOf(await http.get(`${url}/1`));

    const answer = await ifNoneMatch(header(etag)).get(`${url}/1`);

    expect(answer).toMatchObject({ status: 304, text: '' });
    expect(tagOf(answer)).toBe(etag);
  });

  it('answer the record to If-None-Match with an old tag', async () => {
    const etag = tagOf(await http.get(`${url}/1`));
    await http.patch(`${url}/1`, { name: 'Tide' });

    const answer = await ifNoneMatch(etag).get(`${url}/1`);

    expect(answer).toMatchObject({ status: 200, body: { name: 'Tide' } });
    expect(await ifNoneMatch('*').get(`${url}/9`)).toMatchObject(problem(404, 'record_not_found', /9/));
  });

  it.each<[string, (client: Http, path: string) => Promise<Answer>]>([
    ['PATCH', (client, path) => client.patch(path, { name: 'Mine' })],
    ['PATCH of related records', (client, path) => client.patch(path, { genres: [2] })],
    ['PUT', (client, path) => client.put(path, { name: 'Mine' })],
    ['DELETE', (client, path) => client.delete(path)],
  ])('let %s pass with If-Match of the current tag, or a star, and refuse an old one', async (_title, change) => {
    const old = tagOf(await http.get(`${url}/1`));
    const { body, headers } = await http.patch(`${url}/1`, { name: 'Theirs' });
    const other = await createRecord(http, url, { name: 'Tide' });

    const refused = await change(ifMatch(old), `${url}/1`);
    const kept = await http.get(`${url}/1`);
    const passed = await change(ifMatch(`"other", ${headers.get('etag')}`), `${url}/1`);
    const starred = await change(ifMatch('*'), `${url}/${other.id}`);

    expect(refused).toMatchObject(STALE);
    expect(kept.body).toEqual(body);
    expect(passed.family).toBe('2xx');
    expect(starred.family).toBe('2xx');
  });

  it('answer 404 for a record that is not there, whatever tag is asked for', async () => {
    const gone = problem(404, 'record_not_found', /9/);

    expect(await ifMatch('"x"').patch(`${url}/9`, { name: 'x' })).toMatchObject(gone);
    expect(await ifMatch('*').put(`${url}/9`, { name: 'x' })).toMatchObject(gone);
    expect(await ifMatch('"x"').delete(`${url}/9`)).toMatchObject(gone);
  });

  it('let exactly one of many win who change what they have read', async () => {
    const etag = tagOf(await http.get(`${url}/1`));
    const editors = Array.from({ length: 20 }, (_, index) => `editor ${index}`);

    const answers = await Promise.all(editors.map((name) => ifMatch(etag).patch(`${url}/1`, { name })));

    const statuses = answers.map(({ status }) => status).sort();
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
    expect((await http.get(`${url}/1`)).body).toMatchObject({ name: `editor ${winner}` });
  });

  it('are in the document', async () => {
    const document = await readDocument(http);

    const record = document.paths[`${url}/{id}`];
    const tag = expect.objectContaining({ name: 'If-None-Match', in: 'header' });
    expect(record['get'].parameters).toEqual(expect.arrayContaining([tag]));
    expect(record['get'].responses).toMatchObject({ 200: { headers: { ETag: {} } }, 304: { headers: { ETag: {} } } });
    expect(record['patch']).toMatchObject({
      parameters: [{ name: 'If-Match', in: 'header', required: false }, { name: 'Idempotency-Key' }],
      responses: { 200: { headers: { ETag: {} } }, 412: { description: expect.stringMatching(/changed/) } },
    });
    expect(record['put'].responses).toHaveProperty('412');
    expect(record['delete'].responses).toHaveProperty('412');
  });
});

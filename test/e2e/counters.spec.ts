import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel } from '../fixtures/arrange.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('fields that count', () => {
  let server: TestServer;
  let http: Http;

  const numbers = async (path: string) => {
    const { body } = await http.get<{ data: { number: unknown }[] }>(`${path}?sortBy=id:ASC`);
    return body.data.map(({ number }) => number);
  };
  const define = (name: string, type: string, more: object = {}) =>
    defineModel(http, {
      app: 'count',
      name,
      fields: [
        { name: 'number', type, ...more },
        { name: 'title', type: 'char' },
      ],
    });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  it.each([
    ['auto', [1, 2, 3, 4]],
    ['big_auto', ['1', '2', '3', '4']],
  ])('%s counts one by one and together', async (type, counted) => {
    await define(`By_${type}`, type, { unique: true });
    const path = `/api/count/by_${type}`;

    await createRecord(http, path, {});
    await createRecords(http, path, [{ title: 'a' }, { title: 'b' }]);
    await createRecord(http, path, { id: 100 });

    expect(await numbers(path)).toEqual(counted);
  });

  it.each(['auto', 'big_auto'])('%s never hands out what was given', async (type) => {
    await define(`Given_${type}`, type, { unique: true });
    const path = `/api/count/given_${type}`;

    await createRecord(http, path, { number: 7 });
    const eighth = await createRecord(http, path, {});
    await http.patch(`${path}/${eighth.id}`, { number: 20 });
    await createRecords(http, path, [{}, { number: 30 }, {}]);
    await http.put(`${path}/${eighth.id}`, { number: 40 });
    const last = await createRecord(http, path, {});

    expect((await numbers(path)).map(Number)).toEqual([7, 40, 31, 30, 32, 41]);
    expect(Number(last.number)).toBe(41);
  });

  it('never goes back', async () => {
    await define('Back', 'auto');
    await createRecords(http, '/api/count/back', [{}, {}, {}]);

    await createRecord(http, '/api/count/back', { number: -5 });
    await createRecord(http, '/api/count/back', { number: 2 });
    const next = await createRecord(http, '/api/count/back', {});

    expect(next.number).toBe(4);
  });

  it('keeps its value when a record is replaced', async () => {
    await define('Kept', 'auto', { required: true });
    const { id, number } = await createRecord(http, '/api/count/kept', { title: 'old' });

    const answer = await http.put(`/api/count/kept/${id}`, { title: 'new' });

    expect(answer).toMatchObject({ status: 200, body: { number, title: 'new' } });
  });

  it.each(['auto', 'big_auto'])('%s refuses null and fractions, and has no default', async (type) => {
    await define(`Null_${type}`, type, { required: false });

    const answer = await http.post(`/api/count/null_${type}`, { number: null });
    const fraction = await http.post(`/api/count/null_${type}`, { number: 1.5 });
    const defined = await http.post('/api/meta/models', {
      app: 'count',
      name: 'Never',
      fields: [{ name: 'number', type, default: 1 }],
    });

    expect(answer).toMatchObject(refusedAt('number', 'required'));
    expect(fraction).toMatchObject(refusedAt('number', 'invalid_type'));
    expect(defined).toMatchObject(problemAt(400, 'invalid_default', 'fields.0.default', /cannot have a default/));
  });

  it('numbers the records that exist', async () => {
    await defineModel(http, { app: 'count', name: 'Late', fields: [{ name: 'title', type: 'char' }] });
    await createRecords(http, '/api/count/late', [{}, {}, {}]);

    const added = await http.post('/api/meta/models/count.Late/fields', { name: 'number', type: 'auto' });
    await createRecord(http, '/api/count/late', {});

    expect(added).toMatchObject({ status: 201 });
    expect(await numbers('/api/count/late')).toEqual([1, 2, 3, 4]);
  });

  it('counts for repositories', async () => {
    await define('Entity', 'auto');
    const repository = server.models.repository<{ id: number; number: number }>('count.Entity');

    const [first, second] = await repository.save([{}, {}]);
    await repository.save({ ...first });

    expect([first.number, second.number]).toEqual([1, 2]);
    expect(await numbers('/api/count/entity')).toEqual([1, 2]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { problem, problemAt, refusedAt } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('changes of all records that fit', () => {
  let server: TestServer;
  let http: Http;
  let api = '';
  let url = '';
  let count = 0;

  const stored = async () => (await http.get<PageBody>(`${url}?sortBy=id:ASC`)).body.data;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    const app = `fits${count}`;
    api = `/api/${app}`;
    url = `${api}/animal`;
    await defineModels(http, [
      { app, name: 'Tag', fields: [{ name: 'name', type: 'char' }] },
      {
        app,
        name: 'Animal',
        fields: [
          { name: 'name', type: 'char', required: true },
          { name: 'colour', type: 'char' },
          { name: 'stars', type: 'integer' },
          { name: 'tags', type: 'many_to_many', relatedModel: `${app}.Tag` },
        ],
      },
      {
        app,
        name: 'Toy',
        fields: [
          { name: 'owner', type: 'foreign_key', relatedModel: `${app}.Animal`, options: { relatedName: 'toys' } },
        ],
      },
    ]);
    await createRecords(http, `${api}/tag`, [{}, {}]);
    await createRecords(http, url, [
      { name: 'ant', colour: 'red', tags: [1] },
      { name: 'bee', colour: 'red' },
      { name: 'cat', colour: null, tags: [1] },
    ]);
  });

  it('PATCH gives all of them the values, and answers how many there are', async () => {
    const answer = await http.patch(`${url}?filter.colour=red`, { stars: 5, colour: 'blue' });

    expect(answer).toMatchObject({ status: 200, body: { count: 2 } });
    expect(await stored()).toMatchObject([
      { name: 'ant', colour: 'blue', stars: 5, tags: [1] },
      { name: 'bee', colour: 'blue', stars: 5 },
      { name: 'cat', colour: null, stars: null },
    ]);
  });

  it('PATCH changes related records of each', async () => {
    const answer = await http.patch(`${url}?filter.tags=1`, { stars: 1, tags: { add: [2] } });

    expect(answer.body).toEqual({ count: 2 });
    expect(await stored()).toMatchObject([
      { stars: 1, tags: [1, 2] },
      { stars: null, tags: [] },
      { stars: 1, tags: [1, 2] },
    ]);
  });

  it('PATCH with nothing to change counts', async () => {
    expect(await http.patch(`${url}?filter.colour=$null`, {})).toMatchObject({ status: 200, body: { count: 1 } });
    expect(await http.patch(`${url}?filter.name=nobody`, { stars: 1 })).toMatchObject({ body: { count: 0 } });
  });

  it('DELETE takes them away, and answers how many there were', async () => {
    const answer = await http.delete(`${url}?filter.tags=1`);

    expect(answer).toMatchObject({ status: 200, body: { count: 2 } });
    expect(await stored()).toMatchObject([{ name: 'bee' }]);
  });

  it('find by words as lists do', async () => {
    const changed = await http.patch(`${url}?search=AN&filter.stars=$null`, { stars: 4 });
    const none = await http.delete(`${url}?search=%20`);
    const deleted = await http.delete(`${url}?search=ant`);

    expect(changed.body).toEqual({ count: 1 });
    expect(none).toMatchObject(problem(400, 'filter_required', /filter/));
    expect(deleted.body).toEqual({ count: 1 });
    expect(await stored()).toMatchObject([{ name: 'bee' }, { name: 'cat' }]);
  });

  it('DELETE takes none when one of them is in use', async () => {
    await createRecords(http, `${api}/toy`, [{ owner: 2 }]);

    const answer = await http.delete(`${url}?filter.colour=red`);

    expect(answer).toMatchObject(problem(409, 'record_in_use', /refer/));
    expect(await stored()).toHaveLength(3);
  });

  it('need a filter', async () => {
    const required = problem(400, 'filter_required', /filter/);

    expect(await http.patch(url, { stars: 1 })).toMatchObject(required);
    expect(await http.delete(url)).toMatchObject(required);
    expect(await stored()).toMatchObject([{ stars: null }, { stars: null }, { stars: null }]);
  });

  it('refuse what they do not understand, and change nothing', async () => {
    const page = await http.delete(`${url}?filter.colour=red&limit=1`);
    const unknown = await http.patch(`${url}?filter.size=1`, { stars: 1 });
    const wrong = await http.patch(`${url}?filter.colour=red`, { name: '', stars: 'many' });
    const toys = await http.patch(`${url}?filter.colour=red`, { toys: [1] });

    expect(page).toMatchObject(problemAt(400, 'unknown_parameter', 'limit', /limit/));
    expect(unknown).toMatchObject(problemAt(400, 'unknown_field', 'filter.size', /size/));
    expect(wrong).toMatchObject(refusedAt('name', 'required'));
    expect(wrong).toMatchObject(refusedAt('stars', 'invalid_type'));
    expect(toys).toMatchObject(refusedAt('toys', 'single_record_only'));
    expect(await stored()).toMatchObject([{ stars: null }, { stars: null }, { stars: null }]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModels } from '../fixtures/arrange.js';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { problem } from '../fixtures/problem.js';
import { allRows, expectUntouched, harmless, refusal, refusedWith } from '../fixtures/safety.js';
import { MODELS, OWNERS, THINGS } from '../fixtures/safety-models.js';
import { BAD_BODIES, BAD_VALUES } from '../fixtures/safety-values.js';
import { httpClient, type Http, type RecordBody } from '../support/http.js';
import { rounds } from '../support/rounds.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/safe/thing';

describe('writes that would do harm', () => {
  let server: TestServer;
  let http: Http;
  let before: unknown;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
    await defineModels(http, MODELS);
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    await server.database.query('TRUNCATE safe_owner, safe_thing, safe_thing_friends RESTART IDENTITY CASCADE');
    await createRecords(http, '/api/safe/owner', OWNERS);
    await createRecords(http, PATH, THINGS);
    before = await allRows(server.database);
  });
  afterEach(async () => {
    await expectUnharmed(server.database);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
    expect(await http.get('/health')).toMatchObject({ status: 200 });
  });

  describe('a wrong value writes nothing', () => {
    it.each(BAD_VALUES)('in PATCH by filter: %s', async (_title, values, code) => {
      const answer = await http.send('PATCH', `${PATH}?filter.id=$gt:0`, `{${values}}`);

      expect(answer).toMatchObject({ ...refusal, status: 422, body: { errors: [{ code }] } });
      await expectUntouched(server.database, before);
    });

    it.each(BAD_VALUES)('in PUT on a unique field: %s', async (_title, values, code) => {
      const good = '{"name":"new","code":"z"}';

      const answer = await http.send('PUT', `${PATH}?on=code`, `[${good},{"name":"one","code":"a",${values}}]`);

      expect(answer).toMatchObject({ ...refusal, status: 422, body: { errors: [{ code }] } });
      await expectUntouched(server.database, before);
    });

    it.each(BAD_VALUES)('in POST of many: %s', async (_title, values, code) => {
      const answer = await http.send('POST', PATH, `[{"name":"new"},{"name":"other",${values}}]`);

      expect(answer).toMatchObject({ ...refusal, status: 422, body: { errors: [{ code }] } });
      await expectUntouched(server.database, before);
    });

    it.each(BAD_BODIES)('in a body as a whole: %s', async (_title, text) => {
      const start = performance.now();

      const answers = [
        await http.send('POST', PATH, text),
        await http.send('PATCH', `${PATH}?filter.id=1`, text),
        await http.send('PUT', `${PATH}?on=code`, text),
      ];

      expect(answers).toMatchObject([refusal, refusal, refusal]);
      expect(answers.map(({ status }) => status)).not.toContain(404);
      expect(performance.now() - start).toBeLessThan(30_000);
      await expectUntouched(server.database, before);
    });

    it('59 the prototype within a document stays a word, or is refused', async () => {
      const answer = await http.send(
        'POST',
        PATH,
        '{"name":"x","document":{"constructor":{"prototype":{"isAdmin":true}}}}',
      );

      expect(answer).toMatchObject({ ...harmless, family: expect.stringMatching(/2xx|4xx/) });
    });
  });

  describe('46 a change of many without a filter', () => {
    it.each([
      ['no parameter', ''],
      ['an empty tree', '?filter={}'],
      ['an empty AND', '?filter={"$and":[]}'],
      ['an empty OR', '?filter={"$or":[]}'],
      ['an empty NOT', '?filter={"$not":{}}'],
      ['nothing within something', '?filter={"$and":[{},{"$or":[{}]}]}'],
      ['null', '?filter=null'],
      ['undefined', '?filter=undefined'],
      ['an empty text', '?filter='],
      ['a search for nothing', '?search='],
      ['a limit', '?limit=1'],
      ['a page and a sort', '?page=1&sortBy=id:ASC'],
      ['an unknown field', '?filter.colour=red'],
      ['an unknown parameter beside a filter', '?filter.id=1&where=1'],
    ])('is refused: %s', async (_title, query) => {
      const path = `${PATH}${encodeURI(query)}`;

      const answers = [await http.patch(path, { note: 'all' }), await http.delete(path)];

      expect(answers).toMatchObject(answers.map(() => refusedWith(400, 'filter_required|invalid_value|unknown_.*')));
      await expectUntouched(server.database, before);
    });

    it.each(['', '?filter={}'])('says that it wants one: %j', async (query) => {
      const path = `${PATH}${encodeURI(query)}`;

      expect(await http.patch(path, { note: 'all' })).toMatchObject(problem(400, 'filter_required', /filter/));
      expect(await http.delete(path)).toMatchObject(problem(400, 'filter_required', /filter/));
    });

    it('with one it changes those and no others, all or none', async () => {
      const some = await http.patch(`${PATH}?filter.count=$gte:1`, { note: 'changed' });
      const clash = await http.patch(`${PATH}?filter.count=$gte:1`, { code: 'same' });
      const gone = await http.delete(`${PATH}?filter.note=changed`);

      expect(some).toMatchObject({ status: 200, body: { count: 2 } });
      expect(clash).toMatchObject(problem(409, 'unique_violation', /code/));
      expect(gone).toMatchObject({ status: 200, body: { count: 2 } });
      expect(await server.database.query('SELECT id, name, note, code FROM safe_thing')).toEqual([
        { id: '3', name: 'three', note: null, code: 'c' },
      ]);
    });
  });

  describe('the id of somebody else', () => {
    it('56 in POST overwrites nothing', async () => {
      const answers = [
        await http.post(PATH, { id: 1, name: 'thief' }),
        await http.post(PATH, [{ name: 'fine' }, { id: 2, name: 'thief' }]),
      ];

      expect(answers).toMatchObject(answers.map(() => problem(409, 'unique_violation', /id/)));
      await expectUntouched(server.database, before);
    });

    it('55 cannot be given by a change of one or of many', async () => {
      const one = await http.patch(`${PATH}/1`, { id: 2 });
      const many = await http.patch(`${PATH}?filter.id=1`, { id: 99 });
      const upsert = await http.put(`${PATH}?on=code`, { id: 2, name: 'thief', code: 'a' });

      expect([one, many, upsert]).toMatchObject([refusal, refusal, refusal]);
      expect([one, many, upsert].map(({ status }) => status)).not.toContain(404);
      await expectUntouched(server.database, before);
    });

    it.each(['name', 'note', 'owner', 'colour', 'code,name', 'constructor', 'code;DROP TABLE canary', ''])(
      'PUT on %j, which is not unique, is refused',
      async (on) => {
        const answer = await http.put(`${PATH}?on=${encodeURIComponent(on)}`, { name: 'one', code: 'a' });

        expect(answer).toMatchObject(refusedWith(400, 'invalid_value|unknown_field'));
        await expectUntouched(server.database, before);
      },
    );
  });

  it('62 and 64 long numbers stay as they are, to the last digit', async () => {
    const values = { big: '9007199254740993', exact: '12345678901234567890.0123456789' };

    const created = await createRecord(http, PATH, { name: 'long', ...values });
    const put = await http.put(`${PATH}?on=code`, { name: 'other', code: 'long', ...values });
    const found = await http.get(
      `${PATH}?filter.big=9007199254740993&filter.exact=$eq:${values.exact}&select=big,exact`,
    );

    expect(created).toMatchObject(values);
    expect(put.body).toMatchObject(values);
    expect(found.body).toMatchObject({ data: [values, values] });
  });

  it('68 a pattern takes no longer for a text that it was made for', async () => {
    const fields = [{ name: 'text', type: 'text', options: { pattern: '^(a+)+$' } }];
    await http.post('/api/meta/models', { app: 'safe', name: 'Slow', fields });
    const start = performance.now();

    const answer = await http.post('/api/safe/slow', { text: `${'a'.repeat(50_000)}!` });

    expect(answer).toMatchObject({ ...refusal, status: 422 });
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('69 of very many creations with one unique value at the same time, one succeeds', async () => {
    const answers = await Promise.all(
      Array.from({ length: rounds(300, 1_000) }, () => http.post(PATH, { name: 'race', code: 'race' })),
    );

    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(answers.length - 1);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([409]));
    expect(refused[0]).toMatchObject(problem(409, 'unique_violation', /code/));
    expect(await server.database.query(`SELECT code FROM safe_thing WHERE code = 'race'`)).toHaveLength(1);
  }, 60_000);

  it('69 a hundred upserts of one unique value at the same time make one record', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, count) => http.put(`${PATH}?on=code`, { name: 'race', code: 'race', count })),
    );

    expect(new Set(answers.map(({ family }) => family))).toEqual(new Set(['2xx']));
    expect(await server.database.query(`SELECT code FROM safe_thing WHERE code = 'race'`)).toHaveLength(1);
  });

  describe('70 an old tag', () => {
    const tagged = (tag: string) => httpClient(server.url, { 'if-match': tag });

    it.each<[string, (client: Http) => ReturnType<Http['get']>]>([
      ['PATCH', (client) => client.patch(`${PATH}/1`, { note: 'mine' })],
      ['PUT', (client) => client.put(`${PATH}/1`, { name: 'mine' })],
      ['DELETE', (client) => client.delete(`${PATH}/1`)],
    ])('refuses %s', async (_method, write) => {
      const { headers } = await http.get(`${PATH}/1`);
      await http.patch(`${PATH}/1`, { note: 'theirs' });

      const answer = await write(tagged(headers.get('etag') ?? 'none'));

      expect(answer).toMatchObject(problem(412, 'precondition_failed', /\S/));
      expect((await http.get(`${PATH}/1`)).body).toMatchObject({ name: 'one', note: 'theirs' });
    });

    it('loses none of fifty changes that are made at the same time', async () => {
      const { headers } = await http.get(`${PATH}/1`);
      const client = tagged(headers.get('etag') ?? 'none');

      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, count) => client.patch(`${PATH}/1`, { count: 100 + count })),
      );

      const counts = answers.map(({ status }) => status).sort();
      expect(counts).toEqual([200, ...Array.from({ length: 49 }, () => 412)]);
    });

    it.each(['"', 'W/', '"x", *', '*, "x"', `"'; DROP TABLE canary;--"`])(
      'breaks nothing when it is %j',
      async (tag) => {
        const answer = await tagged(tag).patch(`${PATH}/1`, { note: 'x' });

        expect(answer).toMatchObject({ ...refusal, status: expect.any(Number) });
        await expectUntouched(server.database, before);
      },
    );
  });

  describe('71 a record that others point to', () => {
    const define = (onDelete: string) =>
      defineModels(http, [
        { app: onDelete, name: 'Parent', fields: [{ name: 'name', type: 'char' }] },
        {
          app: onDelete,
          name: 'Child',
          fields: [{ name: 'parent', type: 'foreign_key', relatedModel: `${onDelete}.Parent`, options: { onDelete } }],
        },
      ]);

    it.each([
      ['restrict', 409, [{ parent: 1 }, { parent: 1 }], 2],
      ['cascade', 200, [], 1],
      ['set_null', 200, [{ parent: null }, { parent: null }], 1],
    ])('is deleted by filter as %s says', async (onDelete, status, children, parents) => {
      await define(onDelete);
      await createRecords(http, `/api/${onDelete}/parent`, [{ name: 'gone' }, { name: 'stays' }]);
      await createRecords(http, `/api/${onDelete}/child`, [{ parent: 1 }, { parent: 1 }]);

      const answer = await http.delete(`/api/${onDelete}/parent?filter.name=gone`);

      expect(answer).toMatchObject({ ...harmless, status });
      expect((await http.get(`/api/${onDelete}/child`)).body).toMatchObject({ data: children });
      expect((await http.get(`/api/${onDelete}/parent`)).body).toMatchObject({ meta: { totalItems: parents } });
    });
  });

  describe('nested writes', () => {
    it.each<[string, object]>([
      ['a related record that does not exist', { friends: { add: [1, 999] } }],
      ['an operation that does not exist', { friends: { replace: [1] } }],
      ['set beside add', { friends: { set: [1], add: [2] } }],
      ['ids that are texts', { friends: { add: ['1; DROP TABLE canary'] } }],
      ['objects for ids', { friends: { add: [{ id: 1 }] } }],
      ['null', { friends: null }],
      ['the prototype', { friends: { constructor: [1] } }],
    ])('are refused with %s', async (_title, body) => {
      const answer = await http.patch(`${PATH}/1`, { note: 'x', ...body });

      expect(answer).toMatchObject({ ...refusal, status: 422 });
      await expectUntouched(server.database, before);
    });

    it.each<[string, object]>([
      ['a record that does not exist', { things: { add: [999] } }],
      ['an operation that does not exist', { things: { delete: [1] } }],
      ['records of their own', { things: [{ name: 'new' }] }],
    ])('of the other side are refused with %s', async (_title, body) => {
      const answer = await http.patch('/api/safe/owner/1', { name: 'x', ...body });

      expect(answer).toMatchObject({ ...refusal, status: 422 });
      await expectUntouched(server.database, before);
    });

    it('add, remove and set what they name', async () => {
      const friendsAfter = async (friends: unknown) =>
        (await http.patch<RecordBody>(`${PATH}/1`, { friends })).body['friends'];

      expect(await friendsAfter({ add: [3, 1] })).toEqual([1, 2, 3]);
      expect(await friendsAfter({ remove: [1, 2] })).toEqual([3]);
      expect(await friendsAfter({ set: [2] })).toEqual([2]);
      expect(await friendsAfter([1, 3])).toEqual([1, 3]);
      expect((await http.patch('/api/safe/owner/3', { things: [1] })).body).toMatchObject({ things: [1] });
      expect((await http.get(`${PATH}/1`)).body).toMatchObject({ owner: 3 });
    });
  });
});

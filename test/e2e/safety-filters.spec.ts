import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, defineModels } from '../fixtures/arrange.js';
import { createCanary } from '../fixtures/canary.js';
import { problem } from '../fixtures/problem.js';
import { allRows, expectUntouched, harmless, refusal, refusedWith } from '../fixtures/safety.js';
import { MODELS, OWNERS, THINGS } from '../fixtures/safety-models.js';
import { manyPaths, nested, nestedLists, numbers, repeated, wide } from '../fixtures/safety-paths.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/safe/thing';
/** Understood, and answered or refused as too much. */
const answered = { ...harmless, text: expect.stringMatching(/^\{"data"|too_complex|timeout|invalid_value/) };
/** Quick enough that nothing has slept, whatever else the machine does. */
const AT_ONCE = 1_000;
const LONGEST_SCAN = 5_000;

describe('filters, sorts and includes that would do harm', () => {
  let server: TestServer;
  let http: Http;
  let before: unknown;

  const get = (query: string) => http.get<PageBody>(`${PATH}?${query}`);
  const getFilter = (filter: string) => get(`filter=${encodeURIComponent(filter)}`);
  const query = (body: object) => http.post<PageBody>(`${PATH}/query`, body);
  const idsOf = ({ data }: PageBody) => data.map(({ id }) => id);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
    await defineModels(http, MODELS);
    await createRecords(http, '/api/safe/owner', OWNERS);
    await createRecords(http, PATH, THINGS);
    before = await allRows(server.database);
  });
  afterAll(() => server?.close());

  let start = 0;
  beforeEach(() => {
    start = performance.now();
  });
  afterEach(async () => {
    await expectUntouched(server.database, before);
    expect(await http.get('/health')).toMatchObject({ status: 200 });
  });

  describe('SQL in a name', () => {
    it.each([
      ['31 sort', 'sort=a;select pg_sleep(5)--', 'unknown_parameter'],
      ['31 sortBy', 'sortBy=name;select pg_sleep(5)--:ASC', 'unknown_field'],
      ['31 the direction', 'sortBy=name:ASC;select pg_sleep(5)--', 'invalid_value'],
      ['31 NULLS in the direction', 'sortBy=name:ASC NULLS FIRST', 'invalid_value'],
      ['32 sort in brackets', 'sort[a]=ASC;select pg_sleep(5)', 'unknown_parameter'],
      ['32 sortBy in brackets', 'sortBy[name]=ASC;select pg_sleep(5)', 'unknown_parameter'],
      ['40 an alias before the dot', 'filter.t1.name=one', 'unknown_field'],
      ['40 a quoted alias', 'filter."Thing".name=one', 'unknown_field'],
      ['40 a cast', 'filter.name::text=one', 'unknown_field'],
      ['40 a cast to sort by', 'sortBy=name::text:ASC', 'unknown_field|invalid_value'],
      ['40 an operator of JSON', `filter.document->>'a'=1`, 'unknown_field'],
      ['40 the name of the column', 'filter.owner_id=1', 'unknown_field'],
      ['40 a column of PostgreSQL', 'filter.ctid=1', 'unknown_field'],
      ['40 the table of the relation', 'filter.safe_owner.name=ann', 'unknown_field'],
      ['41 a path into JSON', `filter.document.a'||(select song from canary)||'=1`, 'unknown_field'],
      ['41 a path into JSON to sort by', `sortBy=document.a'||(select song from canary)||':ASC`, 'unknown_field'],
      ['a path behind a field', 'filter.name.name=one', 'unknown_field'],
      ['39 everything', 'fields=*', 'unknown_parameter'],
      ['39 select of everything', 'select=*', 'unknown_field'],
      ['39 an alias', 'alias[x]=name', 'unknown_parameter'],
      ['39 a select with an alias', 'select=name AS id', 'unknown_field'],
      ['39 a select with SQL', 'select=id,(SELECT song FROM canary)', 'unknown_field'],
      ['an include with SQL', 'include=owner;DROP TABLE canary', 'unknown_field'],
      ['an include of a field', 'include=name', 'unknown_field|invalid_value'],
      ['38 aggregate in brackets', 'aggregate[min]=name', 'unknown_parameter'],
      ['38 aggregate of an unknown field', 'aggregate=min(password)', 'unknown_field'],
      ['38 groupBy of an unknown field', 'aggregate=count&groupBy=password', 'unknown_field'],
      ['38 an unknown function', 'aggregate=pg_sleep(5)', 'unknown_operator|invalid_value|unknown_field'],
      ['38 a function with SQL', 'aggregate=count(*) FROM canary--', 'unknown_operator|invalid_value|unknown_field'],
      ['38 a sum of texts', 'aggregate=sum(name)', 'unknown_operator|invalid_value|unknown_field'],
      ['aggregate over a relation to many', 'aggregate=count&groupBy=friends.name', 'unknown_field|invalid_value'],
      ['sort over a relation to many', 'sortBy=friends.name:ASC', 'unknown_field|invalid_value'],
      ['43 lookup', 'lookup=owner', 'unknown_parameter'],
      ['43 where', 'where=1', 'unknown_parameter'],
      ['43 _q', '_q=x', 'unknown_parameter'],
      ['43 offset', 'offset=1e15', 'unknown_parameter'],
      ['filter.', 'filter.=1', 'unknown_field'],
      ['filter..name', 'filter..name=1', 'unknown_field'],
      ['52 the prototype', 'filter.__proto__.x=1', 'unknown_field'],
      ['52 the prototype in brackets', 'filter[__proto__][x]=1', 'unknown_parameter'],
      ['52 the constructor', 'filter.constructor=1', 'unknown_field'],
      ['52 the constructor of a relation', 'filter.owner.constructor.name=1', 'unknown_field'],
      ['52 hasOwnProperty as include', 'include=hasOwnProperty', 'unknown_field'],
    ])('%s is refused at once', async (_title, text, code) => {
      const answer = await get(encodeURI(text));

      expect(answer).toMatchObject(refusedWith(400, code));
      expect(performance.now() - start).toBeLessThan(AT_ONCE);
    });
  });

  describe('operators', () => {
    it.each([
      ['33 in brackets', 'filter[name][$raw]=1', 'unknown_parameter'],
      ['33 $raw', 'filter.name=$raw:1', 'unknown_operator'],
      ['33 $where', 'filter.name=$where:1', 'unknown_operator'],
      ['33 $not of an unknown one', 'filter.name=$not:$regex:1', 'unknown_operator'],
      ['33 a word of the prototype', 'filter.name=$constructor:1', 'unknown_operator'],
      ['33 one that the type does not have', 'filter.document=$gt:1', 'unknown_operator'],
      ['33 LIKE on a number', 'filter.count=$like:1%25', 'unknown_operator'],
      ['$btw with one end', 'filter.count=$btw:1', 'invalid_value'],
      ['$btw with three', 'filter.count=$btw:1,2,3', 'invalid_value'],
      ['$null with an operand', 'filter.count=$null:1', 'invalid_value'],
      ['46 undefined for a number', 'filter.count=undefined', 'invalid_value'],
      ['46 null for a number', 'filter.count=null', 'invalid_value'],
      ['46 nothing for a number', 'filter.count=', 'invalid_value'],
      ['NUL', 'filter.name=$contains:a%00', 'invalid_value'],
      ['NUL in a search', 'search=a%00', 'invalid_value'],
      ['a date that does not exist', 'filter.day=2026-02-30', 'invalid_value'],
      ['infinity as a date', 'filter.day=$lt:infinity', 'invalid_value'],
      ['a number out of range', 'filter.count=$gt:2147483648', 'invalid_value'],
      ['a big integer out of range', 'filter.big=9223372036854775808', 'invalid_value'],
      ['half a document', 'filter.document=$contains:{', 'invalid_value'],
    ])('%s are refused', async (_title, text, code) => {
      const answer = await get(text);

      expect(answer).toMatchObject(problem(400, code, /\S/));
    });

    it.each([
      ['33 $raw', '{"name":{"$raw":"1"}}', 'unknown_operator'],
      ['33 $where at the top', '{"$where":"1"}', 'unknown_operator|unknown_field'],
      ['33 an object as operand', '{"name":{"$eq":{"$raw":"1"}}}', 'invalid_value'],
      ['33 an object for $in', '{"name":{"$in":{"$raw":"1"}}}', 'invalid_value'],
      ['33 an object in $in', '{"count":{"$in":[1,{"$gt":0}]}}', 'invalid_value'],
      ['a list as operand', '{"name":{"$eq":["one"]}}', 'invalid_value'],
      ['a text for a number', '{"count":{"$eq":"many"}}', 'invalid_value'],
      ['true for a number', '{"count":true}', 'invalid_value'],
      ['$or of no list', '{"$or":{"count":1}}', 'invalid_value'],
      ['$and of values', '{"$and":[1,2]}', 'invalid_value'],
      ['$not of a list', '{"$not":[1]}', 'invalid_value'],
      ['46 null', 'null', 'invalid_value'],
      ['46 a list', '[]', 'invalid_value'],
      ['46 a text', '"name"', 'invalid_value'],
      ['46 undefined', 'undefined', 'invalid_value'],
      ['46 half a tree', '{"name":', 'invalid_value'],
      ['52 the prototype', '{"__proto__":{"count":1}}', 'unknown_field'],
      ['52 the constructor', '{"constructor":{"prototype":{"count":1}}}', 'unknown_field'],
      ['a lone surrogate', '{"name":"\\ud800"}', 'invalid_value'],
      ['NUL', '{"name":"a\\u0000"}', 'invalid_value'],
      ['a number that JSON cannot hold', '{"ratio":1e999}', 'invalid_value'],
    ])('in a tree: %s', async (_title, text, code) => {
      const answer = await getFilter(text);

      expect(answer).toMatchObject(refusedWith(400, code));
    });

    it('44 $in of nothing finds nothing, and its NOT everything', async () => {
      const none = await getFilter('{"count":{"$in":[]}}');
      const all = await getFilter('{"$not":{"count":{"$in":[]}}}');

      expect(none).toMatchObject({ status: 200, body: { data: [], meta: { totalItems: 0 } } });
      expect(idsOf(all.body)).toEqual([1, 2, 3]);
    });

    it.each([`' OR '1'='1`, `one'; DROP TABLE canary;--`, `$1`, `\\'`, `%`, `\\`, `_ne`, '{}', ':value', '?'])(
      'take %j for a text',
      async (value) => {
        const text = encodeURIComponent(value);

        const answers = [
          await get(`filter.name=$eq:${text}`),
          await get(`filter.name=$sw:${text}`),
          await get(`filter.name=$contains:${text}`),
          await get(`filter.name=$in:${text}`),
          await get(`search=${text}`),
        ];

        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
        expect(answers.slice(0, 4).flatMap(({ body }) => body.data)).toEqual([]);
      },
    );

    it.each(['%\\', '\\', '%_%\\'])('a pattern that ends in a backslash breaks nothing: %j', async (pattern) => {
      const answer = await get(`filter.name=$like:${encodeURIComponent(pattern)}`);

      expect(answer).toMatchObject(answered);
    });
  });

  describe('too much of everything', () => {
    it.each<[string, object, RegExp]>([
      ['45 $in of 501', { filter: { count: { $in: numbers(501) } } }, /500/],
      ['45 $in of 65,536', { filter: { count: { $in: numbers(65_536) } } }, /500/],
      ['50 a hundred and one conditions', { filter: wide(101) }, /100/],
      ['50 a thousand conditions', { filter: wide(1_000) }, /100/],
      ['49 an include six deep', { include: [repeated('owner.things', 3)] }, /5/],
      ['49 21 includes', { include: manyPaths(21).map((path) => `owner.${path}`) }, /20/],
      ['49 50 includes', { include: manyPaths(50).map((path) => `owner.${path}`) }, /20|5/],
      [
        '49 a filter six relations deep',
        { filter: { owner: { boss: { boss: { boss: { boss: { boss: { name: null } } } } } } } },
        /5/,
      ],
      ['49 a sort six relations deep', { sortBy: `owner.${repeated('boss', 6)}.name:ASC` }, /5/],
      ['49 a select six relations deep', { select: [`owner.${repeated('boss', 6)}.name`] }, /5/],
      [
        'nine keys to sort by',
        { sortBy: 'name,code,note,count,big,exact,ratio,day,moment:ASC'.replaceAll(',', ':ASC,') },
        /8/,
      ],
      ['nine groups', { aggregate: ['count'], groupBy: 'name,code,note,count,big,exact,ratio,day,moment' }, /8/],
    ])('%s is refused, and the limit named', async (_title, body, limit) => {
      const answer = await query(body);

      expect(answer).toMatchObject(problem(400, 'too_complex', limit));
      expect(performance.now() - start).toBeLessThan(AT_ONCE);
    });

    it.each([
      ['50 NOT 100 deep', nested(100), '(body_)?too_complex'],
      ['50 AND and OR 100 deep', nestedLists(50), '(body_)?too_complex'],
      ['50 NOT 20,000 deep', nested(20_000), '(body_)?too_complex|invalid_value|malformed_json'],
    ])('%s overflows nothing', async (_title, filter, code) => {
      const answer = await http.send('POST', `${PATH}/query`, `{"filter":${filter}}`);

      expect(answer).toMatchObject(refusedWith(400, code));
      expect(performance.now() - start).toBeLessThan(AT_ONCE);
    });

    it('just enough is answered', async () => {
      const answers = [
        await query({ filter: { count: { $in: numbers(500) } }, select: ['id'] }),
        await query({ filter: wide(100), select: ['id'] }),
        await http.send<PageBody>('POST', `${PATH}/query`, `{"filter":${nested(18)},"select":["id"]}`),
        await query({ filter: { owner: { boss: { boss: { boss: { name: null } } } } }, select: ['id'], limit: 1000 }),
        await query({ include: ['owner.boss.staff.boss'], select: ['id'] }),
        await query({ sortBy: 'name,code,note,count,big,exact,ratio,day:ASC'.replaceAll(',', ':ASC,') }),
      ];

      expect(answers.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual(answers.map(() => 200));
    });

    it.each(['-1', '0', '1e9', 'NaN', '1;drop', '1001', '', '0x10', '%2010', '1.5', 'null'])(
      '47 limit %j is refused',
      async (limit) => {
        expect(await get(`limit=${limit}`)).toMatchObject(problem(400, 'invalid_value', /limit/));
      },
    );

    it.each<unknown>([-1, 0, 1e9, '1;drop', 1.5, null, [10], { $gt: 1 }])(
      '47 limit %j in a body is refused',
      async (limit) => {
        expect(await query({ limit })).toMatchObject(problem(400, 'invalid_value', /limit/));
      },
    );

    it.each(['1e15', '1000000000000000', '9007199254740991', '9223372036854775807', '99999999999999999999'])(
      '48 page %s is refused or empty',
      async (page) => {
        const answer = await get(`page=${page}&limit=1000`);

        expect(answer).toMatchObject({ ...harmless, family: expect.stringMatching(/2xx|4xx/) });
        expect(answer.body.data ?? []).toEqual([]);
      },
    );

    it.each([
      ['limit=1&limit=2', 'limit'],
      ['page=1&page=2', 'page'],
      ['count=none&count=exact', 'count'],
      ['after=&after=', 'after'],
      ['search=a&search=b', 'search'],
    ])('52 %s is refused', async (text, name) => {
      expect(await get(text)).toMatchObject(problem(400, 'invalid_value', new RegExp(name)));
    });

    it('50 a filter of 17,000 characters is refused in the address, and no harm in a body', async () => {
      const filter = { note: 'x'.repeat(17_000) };

      const address = await getFilter(JSON.stringify(filter));
      const body = await query({ filter });

      expect(address).toMatchObject({ ...harmless, family: '4xx' });
      expect(body).toMatchObject(answered);
    });

    it('52 ten thousand parameters are refused', async () => {
      const answer = await get(
        numbers(10_000)
          .map((number) => `a${number}=1`)
          .join('&'),
      );

      expect(answer).toMatchObject({ ...harmless, family: '4xx' });
    });

    it.each<[string, unknown]>([
      ['an unknown key', { where: 1 }],
      ['ten thousand keys', Object.fromEntries(numbers(10_000).map((number) => [`a${number}`, 1]))],
      ['a list', [{}]],
      ['a text', 'name'],
      ['a number', 1],
      ['sort keys of another shape', { sortBy: [['name', 'ASC', 'x']] }],
      ['a sort key that is an object', { sortBy: [{ name: 'ASC' }] }],
      ['a select that is an object', { select: { name: true } }],
      ['a cursor that is an object', { after: { id: 1 } }],
      ['a search that is an object', { search: { a: 1 } }],
    ])('a body of a query that is %s is refused', async (_title, body) => {
      const answer = await http.post(`${PATH}/query`, body);

      expect(answer).toMatchObject({ ...refusal, status: 400 });
    });

    it('42 a cursor made by hand is refused', async () => {
      const cursors = ['{"password":"a"}', '{"id":"1 OR 1=1"}', '[[["id","ASC"]],["1; DROP TABLE canary"]]', 'null'];

      const answers = await Promise.all(
        cursors.map((cursor) => get(`after=${Buffer.from(cursor).toString('base64url')}`)),
      );

      expect(answers).toMatchObject(answers.map(() => problem(400, 'invalid_cursor', /\S/)));
    });
  });

  it('49 an include in a circle, within its depth, ends', async () => {
    const answer = await get('include=owner.things.owner.things&select=id');

    expect(answer).toMatchObject(answered);
  });

  it('all mistakes are said at once', async () => {
    const answer = await get('colour=1&filter.age=1&filter.name=$raw:1&limit=0&sortBy=age:ASC&include=nobody');

    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: expect.arrayContaining([
          expect.objectContaining({ code: 'unknown_parameter' }),
          expect.objectContaining({ code: 'unknown_field' }),
          expect.objectContaining({ code: 'unknown_operator' }),
          expect.objectContaining({ code: 'invalid_value' }),
        ]),
      },
    });
  });

  it('51 a pattern of wildcards over a million rows comes to an end', async () => {
    await defineModel(http, { app: 'safe', name: 'Line', fields: [{ name: 'text', type: 'char' }] });
    await server.database.query(
      `INSERT INTO safe_line (text) SELECT md5(n::text) || md5((-n)::text) FROM generate_series(1, 1000000) n`,
    );
    const pattern = encodeURIComponent(`${'%_'.repeat(60)}%x`);
    const began = performance.now();

    const answer = await http.get(`/api/safe/line?filter.text=$like:${pattern}&limit=1&count=none`);

    expect(answer).toMatchObject(answered);
    expect(performance.now() - began).toBeLessThan(LONGEST_SCAN);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problem, problemAt } from '../fixtures/problem.js';
import { openRecordShop, queryOf, treeOf } from '../fixtures/record-shop.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('filters of a list', () => {
  let server: TestServer;
  let http: Http;

  const page = async (query: string, model = 'track') => http.get<PageBody>(`/api/music/${model}?${query}`);
  const ids = async (query: string, model = 'track') => {
    const { status, text, body } = await page(query, model);
    if (status !== 200) throw new Error(text);
    return body.data.map(({ id }) => id);
  };

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await openRecordShop(http);
  });
  afterAll(() => server?.close());

  it.each([
    ['name', '$eq:Wave', [1]],
    ['name', '$in:Wave,Tide\\, the', [1, 3]],
    ['name', '$in:', []],
    ['name', '$sw:t', [2, 3]],
    ['name', '$ew:E', [1, 2, 3]],
    ['name', '$contains:RI', [2, 4]],
    ['name', '$like:W%', [1]],
    ['name', '$ilike:w_ve', [1]],
    ['name', '$btw:Tide,Triste', [2, 3]],
    ['note', '$contains:100%', [2]],
    ['note', '$contains:_', []],
    ['note', '$null', [3, 5]],
    ['note', '$not:$null', [1, 2, 4]],
    ['note', '$not:$eq:Fast', [1, 2, 3, 5]],
    ['seconds', '200', [4]],
    ['seconds', '$gt:171', [3, 4]],
    ['seconds', '$gt:5000', []],
    ['seconds', '$btw:124,171', [1, 2]],
    ['seconds', '$not:$in:124,171', [3, 4, 5]],
    ['plays', '$eq:9007199254740993', [1]],
    ['price', '$lte:0.99', [1, 3]],
    ['price', '$btw:0.99,1.3', [1, 2, 3]],
    ['rating', '$in:3,4.5', [1, 2, 3]],
    ['live', 'true', [2, 4]],
    ['released', '$lt:1967-06-01', [1]],
    ['added', '$gte:2026-01-02T10:00:00Z', [2, 3]],
    ['added', '2026-01-01T10:00:00.123456Z', [1]],
    ['length', '$gt:PT171S', [3]],
    ['facts', '$contains:{"bpm":90}', [2]],
    ['facts', '[1,2]', [3]],
    ['facts', '$contains:[2]', [3]],
    ['moods', '$contains:sad', [1, 2]],
    ['moods', '$contains:sad,calm', [1]],
    ['moods', '["sad"]', [2]],
    ['genres', '1', [1, 2]],
    ['genres', '$in:2,3', [1, 3]],
    ['genres', '$null', [4, 5]],
    ['genres', '$contains:1,2', [1]],
    ['album', '$eq:1', [1, 2]],
    ['album', '$null', [5]],
    ['id', '$gt:0', [1, 2, 3, 4, 5]],
    ['id', '$btw:2,3', [2, 3]],
    ['album.title', 'Wave', [1, 2]],
    ['album.artist.name', '$contains:JOB', [1, 2, 3]],
    ['album.title', '$null', [5]],
    ['album.id', '$in:2,3', [3, 4]],
    ['genres.name', 'Jazz', [1, 3]],
    ['lyrics', '$null', [3, 4, 5]],
    ['lyrics.words', '$contains:sad', [2]],
    ['album.tracks.name', 'Triste', [1, 2]],
  ])('%s %s finds %j', async (path, value, expected) => {
    const found = await ids(queryOf([[`filter.${path}`, value]]));

    expect(found).toEqual(expected);
  });

  it.each([
    ['albums', '$null', 'artist', [3]],
    ['albums.tracks.live', 'true', 'artist', [1, 2]],
    ['albums', '$contains:1,2', 'artist', [1]],
    ['tracks', '3', 'album', [2]],
    ['tracks.album.artist', '2', 'genre', []],
    ['title', '$contains:0% o', 'album', [4]],
    ['title', '$contains:f_s', 'album', [4]],
  ])('%s %s of %s finds %j', async (path, value, model, expected) => {
    const found = await ids(queryOf([[`filter.${path}`, value]]), model);

    expect(found).toEqual(expected);
  });

  it('are met together, and those that begin with $or one at least', async () => {
    const both = await ids('filter.seconds=$gt:100&filter.seconds=$lt:200');
    const either = await ids('filter.name=$or:$eq:Wave&filter.seconds=$or:$eq:200');
    const mixed = await ids('filter.name=$or:$eq:Wave&filter.seconds=$or:$eq:200&filter.live=$and:true');
    const negated = await ids('filter.live=$not:$or:true&filter.seconds=$or:$eq:200');

    expect({ both, either, mixed, negated }).toEqual({
      both: [1, 2],
      either: [1, 4],
      mixed: [4],
      negated: [1, 3, 4, 5],
    });
  });

  it.each([
    [{ name: 'Wave' }, [1]],
    [{ note: null }, [3, 5]],
    [{ seconds: { $gt: 100, $lt: 200 } }, [1, 2]],
    [{ seconds: { $not: { $gt: 100 } } }, [5]],
    [{ seconds: { $or: [{ $lt: 130 }, { $gt: 240 }] } }, [2, 3]],
    [{ $or: [{ name: { $sw: 'w' } }, { live: true, seconds: 200 }] }, [1, 4]],
    [{ $not: { $or: [{ live: true }, { live: false }] } }, [5]],
    [{ $and: [{ live: true }, { seconds: { $btw: [100, 150] } }] }, [2]],
    [{ name: { $in: [] } }, []],
    [{ album: 1 }, [1, 2]],
    [{ album: { $in: [2, 3] } }, [3, 4]],
    [{ album: { title: 'Wave' } }, [1, 2]],
    [{ album: { artist: { name: { $eq: 'Getz' } } } }, [4]],
    [{ 'album.artist.name': 'Getz' }, [4]],
    [{ genres: { name: 'Jazz' } }, [1, 3]],
    [{ genres: { name: 'Jazz', id: 1 } }, []],
    [{ genres: { $not: { name: 'Jazz' } } }, [1, 2]],
    [{ $not: { genres: { name: 'Jazz' } } }, [2, 4, 5]],
    [{ genres: { $contains: [1, 2] } }, [1]],
    [{ genres: null }, [4, 5]],
    [{ facts: { bpm: 120, tags: ['a', 'b'] } }, [1]],
    [{ facts: { $contains: { tags: ['b'] } } }, [1, 2]],
    [{ moods: ['sad'] }, [2]],
    [{ plays: { $gte: '7' } }, [1, 4]],
    [{ $or: [{ note: { $null: true } }, { price: { $in: ['2.50', 1.29] } }] }, [2, 3, 4, 5]],
    [{}, [1, 2, 3, 4, 5]],
  ])('as a tree %j find %j', async (filter, expected) => {
    const found = await ids(treeOf(filter));

    expect(found).toEqual(expected);
  });

  it('find the same by POST', async () => {
    const answer = await http.post<PageBody>('/api/music/track/query', {
      filter: { album: { artist: { name: 'Jobim' } } },
      sortBy: [['seconds', 'DESC']],
      select: ['name', 'album.title'],
      limit: 2,
    });
    const next = await http.get<PageBody>(String(answer.body.links.next));

    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: [
          { id: 3, name: 'Tide, the', album: { id: 2, title: 'Tide' } },
          { id: 1, name: 'Wave', album: { id: 1, title: 'Wave' } },
        ],
        meta: { totalItems: 3, sortBy: [['seconds', 'DESC']], filter: { album: { artist: { name: 'Jobim' } } } },
      },
    });
    expect(answer.headers.get('x-total-count')).toBe('3');
    expect(next.body.data).toEqual([{ id: 2, name: 'Triste', album: { id: 1, title: 'Wave' } }]);
  });

  it('search every word in any text', async () => {
    expect(await ids('search=slow')).toEqual([1, 2]);
    expect(await ids('search=SLOW%20triste')).toEqual([2]);
    expect(await ids('search=100%25')).toEqual([2]);
    expect(await ids('search=')).toEqual([1, 2, 3, 4, 5]);
    expect(await ids('search=calm')).toEqual([]);
  });

  it('count only when asked to', async () => {
    const first = await page('count=none&limit=2');
    const last = await page('count=none&limit=2&page=3');

    expect(first.body.meta).toEqual({ itemsPerPage: 2, currentPage: 1, sortBy: [], filter: {} });
    expect(first.body.links).toMatchObject({ previous: null, next: expect.stringContaining('count=none') });
    expect(first.body.links).not.toHaveProperty('last');
    expect(first.headers.get('x-total-count')).toBeNull();
    expect(first.headers.get('content-range')).toBe('items 0-1/*');
    expect(last.body).toMatchObject({ data: [{ id: 5 }], links: { next: null } });
  });

  it('compare with values that the rules of a field do not allow', async () => {
    const below = await ids('filter.seconds=$lt:100000');
    const none = await ids('filter.seconds=-5');

    expect({ below, none }).toEqual({ below: [1, 2, 3, 4], none: [] });
  });

  it.each([
    ['filter.seconds=$raw:1', 'unknown_operator', 'filter.seconds', /\$raw.*\$eq/],
    ['filter.live=$gt:true', 'unknown_operator', 'filter.live', /\$gt/],
    ['filter.genres=$gt:1', 'unknown_operator', 'filter.genres', /\$gt/],
    ['filter.seconds=$btw:1', 'invalid_value', 'filter.seconds', /two values/],
    ['filter.seconds=$in:1,x', 'invalid_value', 'filter.seconds', /whole number/],
    ['filter.name=$like:a%5C', 'invalid_value', 'filter.name', /backslash/],
    ['filter.name=$contains:%00', 'invalid_value', 'filter.name', /NUL/],
    ['filter.name=$null:1', 'invalid_value', 'filter.name', /stands alone/],
    ['filter.album.constructor=1', 'unknown_field', 'filter.album.constructor', /constructor/],
    ['filter.name.x=1', 'unknown_field', 'filter.name.x', /name/],
    ['filter.album.artist.albums.artist.albums.id=1', 'too_complex', /filter/, /5 names/],
    ['filter=1', 'invalid_value', 'filter', /object/],
    ['filter={', 'invalid_value', 'filter', /JSON/],
    ['search=%00', 'invalid_value', 'search', /NUL/],
    ['sortBy=genres.name', 'invalid_value', 'sortBy', /many values/],
    ['count=some', 'invalid_value', 'count', /exact, capped or none/],
    ['include=nothing', 'unknown_field', 'include', /nothing/],
    ['select=password', 'unknown_field', 'select', /password/],
    ['select=*', 'unknown_field', 'select', /\*/],
    ['sort=a;select pg_sleep(5)--', 'unknown_parameter', 'sort', /sort/],
    ['filter[name][$raw]=1', 'unknown_parameter', 'filter[name][$raw]', /filter/],
  ])('refuse %s', async (query, code, path, detail) => {
    const answer = await page(query);

    expect(answer).toMatchObject(problemAt(400, code, path, detail));
  });

  it.each([
    [{ name: { $raw: 1 } }, 'unknown_operator', 'filter.name.$raw'],
    [{ $where: '1' }, 'unknown_operator', 'filter.$where'],
    [{ name: { eq: 'x' } }, 'unknown_operator', 'filter.name.eq'],
    [{ nothing: 1 }, 'unknown_field', 'filter.nothing'],
    [{ album: { nothing: 1 } }, 'unknown_field', 'filter.album.nothing'],
    [{ seconds: '5' }, 'invalid_value', 'filter.seconds'],
    [{ seconds: { $in: 5 } }, 'invalid_value', 'filter.seconds.$in'],
    [{ name: { $eq: { evil: 1 } } }, 'invalid_value', 'filter.name.$eq'],
    [{ $or: [] }, 'invalid_value', 'filter.$or'],
    [{ $not: {} }, 'invalid_value', 'filter.$not'],
    [{ name: {} }, 'invalid_value', 'filter.name'],
    [[], 'invalid_value', 'filter'],
  ])('refuse the tree %j', async (filter, code, path) => {
    const answer = await page(treeOf(filter));

    expect(answer).toMatchObject(problemAt(400, code, path, /\S/));
  });

  it('refuse a name of the prototype inside a tree', async () => {
    const answer = await page(queryOf([['filter', '{"__proto__":{"name":"x"}}']]));

    expect(answer).toMatchObject(problemAt(400, 'unknown_field', 'filter.__proto__', /__proto__/));
  });

  it('say everything that is wrong at once', async () => {
    const answer = await page(`${treeOf({ nothing: 1, $or: [{ live: 5 }, { none: 2 }] })}&page=0&what=1&sortBy=no`);

    expect(answer).toMatchObject({
      ...problem(400, 'unknown_parameter', /what/),
      body: {
        errors: [
          { path: 'what', code: 'unknown_parameter' },
          { path: 'filter.nothing', code: 'unknown_field' },
          { path: 'filter.$or.0.live', code: 'invalid_value' },
          { path: 'filter.$or.1.none', code: 'unknown_field' },
          { path: 'sortBy', code: 'unknown_field' },
          { path: 'page', code: 'invalid_value' },
        ],
      },
    });
  });

  it('cross no relation to a model without an admin', async () => {
    await http.patch('/api/meta/models/music.Lyrics', { admin: false });

    const crossed = await page('filter.lyrics.words=x');
    const included = await page('include=lyrics');
    const found = await ids('filter.lyrics=1');

    expect(crossed).toMatchObject(problemAt(400, 'unknown_field', 'filter.lyrics.words', /only be read as ids/));
    expect(included).toMatchObject(problemAt(400, 'unknown_field', 'include', /only be read as ids/));
    expect(found).toEqual([1]);
    await http.patch('/api/meta/models/music.Lyrics', { admin: true });
  });

  it('follow a field of a related model that is renamed', async () => {
    const before = await ids('filter.album.artist.country=BR');
    const { body } = await http.get<{ fields: { id: string; name: string }[] }>('/api/meta/models/music.Artist');
    await http.patch(`/api/meta/fields/${body.fields[1]?.id}`, { name: 'land' });

    const after = await ids('filter.album.artist.land=BR');
    const old = await page('filter.album.artist.country=BR');

    expect(before).toEqual([1, 2, 3]);
    expect(after).toEqual([1, 2, 3]);
    expect(old).toMatchObject(problemAt(400, 'unknown_field', 'filter.album.artist.country', /country/));
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemAt } from '../fixtures/problem.js';
import { openRecordShop } from '../fixtures/record-shop.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('aggregates of a list', () => {
  let server: TestServer;
  let http: Http;

  const groups = async (query: string) => (await http.get(`/api/music/track?${query}`)).body;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await openRecordShop(http);
  });
  afterAll(() => server?.close());

  it('are computed over all records that fit', async () => {
    const all = await groups('aggregate=count,sum(seconds),avg(seconds),min(seconds),max(seconds)');
    const some = await groups('aggregate=count,sum(seconds)&filter.live=true&search=t');
    const none = await groups('aggregate=count,sum(seconds),max(name)&filter.name=nobody');

    expect(all).toEqual({
      data: [{ count: 5, 'sum(seconds)': 742, 'avg(seconds)': 185.5, 'min(seconds)': 124, 'max(seconds)': 247 }],
    });
    expect(some).toEqual({ data: [{ count: 2, 'sum(seconds)': 324 }] });
    expect(none).toEqual({ data: [{ count: 0, 'sum(seconds)': null, 'max(name)': null }] });
  });

  it('keep every digit of decimals and large numbers', async () => {
    const exact = await groups('aggregate=sum(price),avg(price),min(price),sum(plays),max(plays),sum(rating)');

    expect(exact).toEqual({
      data: [
        {
          'sum(price)': '5.77',
          'avg(price)': '1.4425000000000000',
          'min(price)': '0.99',
          'sum(plays)': '9007199254741010',
          'max(plays)': '9007199254740993',
          'sum(rating)': 15.5,
        },
      ],
    });
  });

  it('know the first and last of dates, moments, lengths and texts', async () => {
    const answer = await groups('aggregate=min(released),max(added),max(length),min(name)&filter.id=$lte:3');

    expect(answer).toEqual({
      data: [
        {
          'min(released)': '1967-05-22',
          'max(added)': '2026-01-03T10:00:00Z',
          'max(length)': 'PT4M7S',
          'min(name)': 'Tide, the',
        },
      ],
    });
  });

  it('are computed for each group, in order of the groups', async () => {
    const byAlbum = await groups('aggregate=count&groupBy=album');
    const byArtist = await groups('aggregate=count,sum(seconds)&groupBy=album.artist.name');
    const byTwo = await groups('aggregate=count&groupBy=album.title,live&filter.album.artist=1');

    expect(byAlbum).toEqual({
      data: [
        { album: 1, count: 2 },
        { album: 2, count: 1 },
        { album: 3, count: 1 },
        { album: null, count: 1 },
      ],
    });
    expect(byArtist).toEqual({
      data: [
        { 'album.artist.name': 'Getz', count: 1, 'sum(seconds)': 200 },
        { 'album.artist.name': 'Jobim', count: 3, 'sum(seconds)': 542 },
        { 'album.artist.name': null, count: 1, 'sum(seconds)': null },
      ],
    });
    expect(byTwo).toEqual({
      data: [
        { 'album.title': 'Tide', live: false, count: 1 },
        { 'album.title': 'Wave', live: false, count: 1 },
        { 'album.title': 'Wave', live: true, count: 1 },
      ],
    });
  });

  it('sort and page the groups', async () => {
    const most = await groups('aggregate=count&groupBy=album.title&sortBy=count:DESC,album.title:DESC&limit=2');
    const second = await groups('aggregate=max(added)&groupBy=price&sortBy=price:DESC&limit=2&page=2');

    expect(most).toEqual({
      data: [
        { 'album.title': 'Wave', count: 2 },
        { 'album.title': null, count: 1 },
      ],
    });
    expect(second).toEqual({
      data: [
        { price: '1.29', 'max(added)': '2026-01-02T10:00:00Z' },
        { price: '0.99', 'max(added)': '2026-01-03T10:00:00Z' },
      ],
    });
  });

  it('are asked for in a body too', async () => {
    const answer = await http.post('/api/music/track/query', {
      aggregate: ['count'],
      groupBy: 'live',
      filter: { seconds: { $gt: 0 } },
      sortBy: [['live', 'DESC']],
    });

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      data: [
        { live: true, count: 2 },
        { live: false, count: 2 },
      ],
    });
  });

  it.each([
    ['aggregate=password', 'invalid_value', 'aggregate', /password/],
    ['aggregate=min(password)', 'unknown_field', 'aggregate', /password/],
    ['aggregate=sum(name)', 'invalid_value', 'aggregate', /sum/],
    ['aggregate=constructor(name)', 'invalid_value', 'aggregate', /constructor/],
    ['aggregate=sum(genres.id)', 'invalid_value', 'aggregate', /many values/],
    ['aggregate=count&groupBy=genres', 'invalid_value', 'groupBy', /many values/],
    ['aggregate=count&groupBy=password', 'unknown_field', 'groupBy', /password/],
    ['aggregate=count&sortBy=name', 'unknown_field', 'sortBy', /name/],
    ['aggregate=count&select=name', 'invalid_value', 'select', /aggregate/],
    ['aggregate=count&limit=10001', 'invalid_value', 'limit', /10000/],
    ['groupBy=live', 'invalid_value', 'aggregate', /what to compute/],
    ['aggregate=count&groupBy=id,name,note,album,seconds,plays,price,rating,live', 'too_complex', 'groupBy', /8 paths/],
  ])('refuse %s', async (query, code, path, detail) => {
    const answer = await http.get(`/api/music/track?${query}`);

    expect(answer).toMatchObject(problemAt(400, code, path, detail));
  });
});

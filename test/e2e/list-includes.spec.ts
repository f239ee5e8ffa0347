import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords } from '../fixtures/arrange.js';
import { problemAt } from '../fixtures/problem.js';
import { openRecordShop } from '../fixtures/record-shop.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const LYRICS = { id: 1, words: 'So close your eyes', track: 1 };
const JOBIM = { id: 1, name: 'Jobim', country: 'BR', albums: [1, 2] };

describe('select and include of a list', () => {
  let server: TestServer;
  let http: Http;

  const list = async (model: string, query: string) =>
    (await http.get<PageBody>(`/api/music/${model}?${query}`)).body.data;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await openRecordShop(http);
  });
  afterAll(() => server?.close());

  it('show only the fields that are named, and the id', async () => {
    const data = await list('track', 'select=name,seconds&limit=1');
    const ids = await list('track', 'select=id&limit=2');

    expect(data).toEqual([{ id: 1, name: 'Wave', seconds: 171 }]);
    expect(ids).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('show relations as ids unless they are included', async () => {
    const [track] = await list('track', 'select=album,genres,lyrics&limit=1');
    const [album] = await list('album', 'limit=1');

    expect(track).toEqual({ id: 1, album: 1, genres: [1, 2], lyrics: 1 });
    expect(album).toEqual({ id: 1, title: 'Wave', artist: 1, tracks: [1, 2] });
  });

  it('show a relation to one as an object, or null', async () => {
    const data = await list('album', 'include=artist&sortBy=id:DESC&limit=2&select=title');

    expect(data).toEqual([
      { id: 4, title: '50% off_sale', artist: null },
      { id: 3, title: 'Focus', artist: { id: 2, name: 'Getz', country: 'US', albums: [3] } },
    ]);
  });

  it('show a relation to many as objects in order of id', async () => {
    const [track] = await list('track', 'include=genres&select=name&limit=1');
    const [artist] = await list('artist', 'include=albums&limit=1');
    const [genre] = await list('genre', 'select=tracks.name,tracks.seconds&filter.id=3');

    expect(track).toEqual({
      id: 1,
      name: 'Wave',
      genres: [
        { id: 1, name: 'Bossa', tracks: [1, 2] },
        { id: 2, name: 'Jazz', tracks: [1, 3] },
      ],
    });
    expect(artist).toEqual({
      ...JOBIM,
      albums: [
        { id: 1, title: 'Wave', artist: 1, tracks: [1, 2] },
        { id: 2, title: 'Tide', artist: 1, tracks: [3] },
      ],
    });
    expect(genre).toEqual({ id: 3, tracks: [] });
  });

  it('show relations inside each other', async () => {
    const [track] = await list('track', 'include=album.artist&select=name&limit=1');
    const [artist] = await list('artist', 'select=albums.tracks.lyrics.words&limit=1');

    expect(track).toEqual({
      id: 1,
      name: 'Wave',
      album: { id: 1, title: 'Wave', artist: JOBIM, tracks: [1, 2] },
    });
    expect(artist).toEqual({
      id: 1,
      albums: [
        {
          id: 1,
          tracks: [
            { id: 1, lyrics: { id: 1, words: 'So close your eyes' } },
            { id: 2, lyrics: { id: 2, words: 'Sad is to live in solitude' } },
          ],
        },
        { id: 2, tracks: [{ id: 3, lyrics: null }] },
      ],
    });
  });

  it('show the record that points here alone as an object', async () => {
    const data = await list('track', 'include=lyrics&select=name&limit=3');

    expect(data).toEqual([
      { id: 1, name: 'Wave', lyrics: LYRICS },
      { id: 2, name: 'Triste', lyrics: { id: 2, words: 'Sad is to live in solitude', track: 2 } },
      { id: 3, name: 'Tide, the', lyrics: null },
    ]);
  });

  it('show only the named fields of what is included', async () => {
    const [album] = await list('album', 'select=title,artist.name&include=tracks&limit=1');

    expect(album).toMatchObject({ id: 1, title: 'Wave', artist: { id: 1, name: 'Jobim' } });
    expect(Object.keys(album ?? {})).toEqual(['id', 'title', 'artist', 'tracks']);
    expect(album?.tracks).toMatchObject([{ plays: '9007199254740993', genres: [1, 2] }, { price: '1.29' }]);
  });

  it('sort by values of related records, nulls last or first', async () => {
    const ascending = await list('track', 'sortBy=album.artist.name:ASC,name:DESC&select=name');
    const descending = await list('track', 'sortBy=album.artist.name:DESC&sortBy=lyrics:ASC&select=id');

    expect(ascending.map(({ name }) => name)).toEqual(['Night rider', 'Wave', 'Triste', 'Tide, the', 'empty']);
    expect(descending.map(({ id }) => id)).toEqual([5, 1, 2, 3, 4]);
  });

  it('apply to a single record too', async () => {
    const answer = await http.get('/api/music/track/1?select=name,album.title&include=lyrics');
    const plain = await http.get('/api/music/genre/1?');
    const missing = await http.get('/api/music/track/99?select=name');
    const unknown = await http.get('/api/music/track/1?page=1');

    expect(answer.body).toEqual({ id: 1, name: 'Wave', album: { id: 1, title: 'Wave' }, lyrics: LYRICS });
    expect(plain.body).toEqual({ id: 1, name: 'Bossa', tracks: [1, 2] });
    expect(missing).toMatchObject({ status: 404, body: { code: 'record_not_found' } });
    expect(unknown).toMatchObject(problemAt(400, 'unknown_parameter', 'page', /select, include/));
  });

  it('show a thousand related records at most', async () => {
    await createRecord(http, '/api/music/artist', { name: 'Prolific' });
    const albums = Array.from({ length: 1001 }, (_, index) => ({ title: `album ${index}`, artist: 4 }));
    await createRecords(http, '/api/music/album', albums);

    const [artist] = await list('artist', 'include=albums&filter.id=4');

    expect(artist?.albums).toHaveLength(1000);
    expect(artist).toMatchObject({
      albums: expect.arrayContaining([{ id: 5, title: 'album 0', artist: 4, tracks: [] }]),
    });
  });

  it.each([
    ['include=name', 'unknown_field', 'include', /name/],
    ['include=album.nothing', 'unknown_field', 'include', /nothing/],
    ['include=__proto__', 'unknown_field', 'include', /__proto__/],
    ['select=album.password', 'unknown_field', 'select', /password/],
    ['include=album.artist.albums.artist.albums.artist', 'too_complex', 'include', /5 names/],
    [
      `include=${Array.from({ length: 21 }, () => 'album').join(',')}`,
      'too_complex',
      'include',
      /20 included relations/,
    ],
    ['include=genres.tracks.genres.tracks', 'too_complex', 'include', /3 relations to many/],
  ])('refuse %s', async (query, code, path, detail) => {
    const answer = await http.get(`/api/music/track?${query}`);

    expect(answer).toMatchObject(problemAt(400, code, path, detail));
  });
});

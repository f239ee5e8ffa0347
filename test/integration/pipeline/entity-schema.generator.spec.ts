import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from 'typeorm';
import { columnNames } from '../../fixtures/catalogue.js';
import { album, artist, playlist, track } from '../../fixtures/music.js';
import { startApp, type TestServer } from '../../support/server.js';

interface Named {
  readonly id: number;
  name: string;
}
interface Track extends Named {
  album: { readonly id: number; readonly title: string } | null;
  milliseconds: number | null;
  unit_price: string | null;
}
interface Playlist extends Named {
  tracks: Track[];
}

describe('the repository of a model', () => {
  let server: TestServer;
  let tracks: Repository<Track>;
  let playlists: Repository<Playlist>;
  let saved: Track[];

  const listed = (id: number) =>
    playlists.findOneOrFail({ where: { id }, relations: { tracks: true }, order: { tracks: { id: 'ASC' } } });

  beforeAll(async () => {
    server = await startApp();
    await server.models.create([artist, album, track, playlist]);
    tracks = server.dataSource.getRepository<Track>('music.Track');
    playlists = server.models.repository<Playlist>('music.Playlist');
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    saved = await tracks.save([{ name: 'Wave' }, { name: 'Triste' }, { name: 'Dindi' }]);
  });

  it('has ids that are numbers, and values as their types have them', async () => {
    const { id } = await tracks.save({ name: 'Wave', milliseconds: 172_000, unit_price: '0.99' });

    const found = await tracks.findOneByOrFail({ id });

    expect(found).toEqual({ id: expect.any(Number), name: 'Wave', milliseconds: 172_000, unit_price: '0.99' });
  });

  it('follows and changes a relation to one', async () => {
    const musician = await server.models.repository<Named>('music.Artist').save({ name: 'Jobim' });
    const albums = server.models.repository('music.Album');
    const [wave, tide] = await albums.save([
      { title: 'Wave', artist: musician },
      { title: 'Tide', artist: musician },
    ]);
    const { id } = await tracks.save({ name: 'Wave', album: { id: wave.id } });

    const before = await tracks.findOneOrFail({ where: { id }, relations: { album: true } });
    await tracks.save({ ...before, album: { id: tide.id } });
    const after = await tracks.findOneOrFail({ where: { id }, relations: { album: true } });
    await tracks.save({ ...after, album: null });

    expect(before).toMatchObject({ album: { id: wave.id, title: 'Wave' } });
    expect(after).toMatchObject({ album: { id: tide.id, title: 'Tide' } });
    expect(await tracks.findOne({ where: { id }, relations: { album: true } })).toMatchObject({ album: null });
  });

  it('writes a relation to many', async () => {
    const { id } = await playlists.save({ name: 'Bossa', tracks: saved });

    expect(await listed(id)).toMatchObject({
      name: 'Bossa',
      tracks: [{ name: 'Wave' }, { name: 'Triste' }, { name: 'Dindi' }],
    });
  });

  it('takes one record out of a relation to many and leaves the others in it', async () => {
    const { id } = await playlists.save({ name: 'Bossa', tracks: saved });
    const bossa = await listed(id);

    await playlists.save({ ...bossa, tracks: bossa.tracks.slice(1) });

    expect(await listed(id)).toMatchObject({ tracks: [{ name: 'Triste' }, { name: 'Dindi' }] });
  });

  it('adds a record to those of a relation to many', async () => {
    const { id } = await playlists.save({ name: 'Bossa', tracks: saved.slice(0, 2) });
    const bossa = await listed(id);

    await playlists.save({ ...bossa, tracks: [...bossa.tracks, saved[2]] });

    expect(await listed(id)).toMatchObject({ tracks: [{ name: 'Wave' }, { name: 'Triste' }, { name: 'Dindi' }] });
  });

  it('saves what it found without changing anything', async () => {
    const { id } = await playlists.save({ name: 'Bossa', tracks: saved });
    const before = await listed(id);

    await playlists.save(before);

    expect(await listed(id)).toEqual(before);
  });

  it('removes a record with its pairs', async () => {
    const bossa = await playlists.save({ name: 'Bossa', tracks: saved });

    await playlists.remove(await listed(bossa.id));

    expect(await playlists.countBy({ id: bossa.id })).toBe(0);
    expect(await columnNames(server.database, 'music_playlist_tracks')).toEqual(['source_id', 'target_id']);
    expect(await tracks.countBy(saved.map(({ id }) => ({ id })))).toBe(3);
  });

  it('finds by a relation to many', async () => {
    const { id } = await playlists.save({ name: 'Bossa', tracks: saved.slice(0, 1) });

    expect(await playlists.findBy({ tracks: { id: saved[0].id } })).toEqual([{ id, name: 'Bossa' }]);
  });
});

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord } from '../fixtures/arrange.js';
import type { TestDatabase } from '../support/database.js';
import { startApp, type TestServer } from '../support/server.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/chinook/', import.meta.url));

/** What a script of the example has printed, and whether it was content. */
const example = (script: 'run.js' | 'evolve.js', url: string): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [`${EXAMPLE}${script}`, url], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });

/** Every row of every table, and the transaction that wrote it last. */
const rowVersions = async (database: TestDatabase): Promise<Record<string, unknown>> => {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'dynamo') ORDER BY 1`,
  );
  const versions: Record<string, unknown> = {};
  for (const { name } of tables) {
    [versions[name]] = await database.query(
      `SELECT count(*)::int AS rows, md5(coalesce(string_agg(ctid || ':' || xmin, ',' ORDER BY ctid), '')) AS written FROM ${name}`,
    );
  }
  return versions;
};

// The stories build on each other, in this order.
describe('the music shop', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startApp();
  });
  afterAll(() => server.close());

  it('defines ten models, loads every row and finds all of it right', async () => {
    const { code, output } = await example('run.js', server.url);

    expect(output).toContain('Models: 10 defined\n');
    expect(output).toContain('All 19 checks passed.\n');
    expect(code).toBe(0);
    expect(await rowVersions(server.database)).toMatchObject({
      'public.music_track': { rows: 3503 },
      'public.music_invoice_line': { rows: 2240 },
      'public.music_playlist_tracks': { rows: 8715 },
    });
  }, 60_000);

  it('changes nothing when run again', async () => {
    const before = await rowVersions(server.database);

    const { code, output } = await example('run.js', server.url);

    expect(output).toContain('Models: 10 already there, left alone\n');
    expect(output).not.toMatch(/\d loaded/);
    expect(output).toContain('All 19 checks passed.\n');
    expect(code).toBe(0);
    expect(await rowVersions(server.database)).toEqual(before);
  });

  it('gives the next free id to a row that is created after the import', async () => {
    const artist = await createRecord(server.http, '/api/music/artist', { name: 'New' });
    const gone = await server.http.delete('/api/music/artist/276');

    expect(artist).toEqual({ id: 276, name: 'New' });
    expect(gone.status).toBe(204);
  });

  it('follows four live changes without losing a row', async () => {
    const { code, output } = await example('evolve.js', server.url);

    expect(output.match(/: done in \d+ ms\n/g)).toHaveLength(4);
    expect(output.match(/All \d+ checks passed\.\n/g)).toHaveLength(4);
    expect(output).not.toContain('✗');
    expect(code).toBe(0);
  });

  it('says that the changes are applied already', async () => {
    const before = await rowVersions(server.database);

    const { code, output } = await example('evolve.js', server.url);

    expect(output.match(/: already applied, nothing changed\n/g)).toHaveLength(4);
    expect(output).not.toContain('✗');
    expect(code).toBe(0);
    expect(await rowVersions(server.database)).toEqual(before);
  });

  it('finds everything right under the new names', async () => {
    const { code, output } = await example('run.js', server.url);

    expect(output).toContain(
      'Models: 10 already there, left alone, MediaType is called Format, Track.composer is called written_by\n',
    );
    expect(output).toContain('All 19 checks passed.\n');
    expect(code).toBe(0);
  });

  it('loads again what was deleted', async () => {
    await server.http.delete('/api/music/playlist/18');

    const { code, output } = await example('run.js', server.url);

    expect(output).toMatch(/Playlist +1 loaded, 17 already there\n/);
    expect(output).toContain('All 19 checks passed.\n');
    expect(code).toBe(0);
  });

  it('says how to start a server when none answers', async () => {
    const { code, output } = await example('run.js', 'http://127.0.0.1:1');

    expect(output).toBe(
      'No Dynamo answers at http://127.0.0.1:1. Start one with "npm start" in another terminal, ' +
        'or give the address of a running one as argument or in DYNAMO_URL.\n',
    );
    expect(code).toBe(1);
  });
});

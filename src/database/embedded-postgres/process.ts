import { execFile, type ChildProcess } from 'node:child_process';
import { open, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { EmbeddedPostgresError } from '../../errors/embedded-postgres.error.js';
import type { EmbeddedBinaries } from './binaries.js';
import { SOCKET_PORT, type ServerDirectory } from './directory.js';
import { ifPresent, statIfPresent } from './files.js';
import { lastProblem, spawnFailure, spawnProgram, startFailure } from './program.js';

/** Another server is starting in the same directory, or is not quite gone yet. */
const ANOTHER_SERVER = /lock file ".*" (already exists|is empty)|pre-existing shared memory block/;
const EMPTY_LOCK_MILLISECONDS = 5_000;
const LARGEST_LOG_BYTES = 10_000_000;
const LONGEST_STOP_MILLISECONDS = 5_000;
const POLL_MILLISECONDS = 15;

/** A server that this process has tried to start. It outlives this process. */
export interface ServerProcess {
  readonly running: boolean;
  /** Why it ended, or undefined when it was told to, or gave way to another server. */
  failure(): Promise<EmbeddedPostgresError | undefined>;
}

export const spawnServer = async (
  place: ServerDirectory,
  binaries: EmbeddedBinaries,
  settings: Readonly<Record<string, string>>,
): Promise<ServerProcess> => {
  await removeEmptyLocks(place);
  const logStart = await prepareLog(place.log);
  const log = await open(place.log, 'a', 0o600);
  try {
    if (place.user) await log.chown(place.user.uid, place.user.gid);
    const parameters = Object.entries({ ...settings, ...addressSettings(place) }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const child = spawnProgram(binaries.postgres, ['-D', place.data, ...parameters], place, {
      stdio: ['ignore', log.fd, log.fd],
      // In a process group of its own it gets neither the terminal's Ctrl-C nor its hang-up.
      detached: true,
      environment: await stalePidEnvironment(place),
    });
    child.unref();
    return watch(child, place, logStart);
  } finally {
    await log.close();
  }
};

const addressSettings = ({ socket }: ServerDirectory): Readonly<Record<string, string>> => ({
  listen_addresses: '',
  port: String(SOCKET_PORT),
  // A list of directories, in which quotes protect a comma.
  unix_socket_directories: `"${socket.replaceAll('"', '""')}"`,
});

/** @returns the size of the log, where the next server's lines begin */
const prepareLog = async (log: string): Promise<number> => {
  const size = (await statIfPresent(log))?.size ?? 0;
  if (size < LARGEST_LOG_BYTES) return size;
  await truncate(log);
  return 0;
};

/** A power failure can leave a lock file without content, at which PostgreSQL gives up. A new one is filled at once. */
const removeEmptyLocks = async ({ data, socket }: ServerDirectory): Promise<void> => {
  for (const lock of [join(data, 'postmaster.pid'), join(socket, `.s.PGSQL.${SOCKET_PORT}.lock`)]) {
    const found = await statIfPresent(lock);
    if (found?.size === 0 && Date.now() - found.mtimeMs > EMPTY_LOCK_MILLISECONDS) await rm(lock, { force: true });
  }
};

const watch = (child: ChildProcess, place: ServerDirectory, logStart: number): ServerProcess => {
  let spawnError: Error | undefined;
  child.once('error', (error) => (spawnError = error));
  return {
    get running() {
      return spawnError === undefined && child.exitCode === null && child.signalCode === null;
    },
    failure: async () => {
      if (spawnError) return spawnFailure(spawnError);
      const log = (await readFile(place.log)).subarray(logStart).toString();
      if (child.exitCode === 0 || ANOTHER_SERVER.test(log)) return undefined;
      return startFailure(
        `${lastProblem(log) ?? `it ended with ${child.signalCode ?? child.exitCode}`} (${place.log})`,
      );
    },
  };
};

/**
 * After a power failure or in a new container the number in `postmaster.pid` may belong to any other process, and
 * PostgreSQL would take that one for a running server. It overlooks the number in this variable (made for pg_ctl's
 * shell); its second safeguard, the shared memory of a live server, stays in force.
 */
const stalePidEnvironment = async (place: ServerDirectory): Promise<Readonly<Record<string, string>>> => {
  const pid = await recordedPid(place);
  return pid === undefined || (await isServer(pid, place)) ? {} : { PG_GRANDPARENT_PID: String(pid) };
};

/**
 * Ends the server without waiting for its clients, and waits until it is gone, for five seconds at most.
 * A server that is not visible from here (it runs in another container) goes on running.
 */
export const stopServer = async (place: ServerDirectory): Promise<void> => {
  const pid = await recordedPid(place);
  if (pid === undefined || !(await isServer(pid, place))) return;
  process.kill(pid, 'SIGINT');
  await waitUntilStopped(place);
};

/** PostgreSQL removes `postmaster.pid` last; an orphan that nobody reaps keeps its process number much longer. */
export const waitUntilStopped = async (place: ServerDirectory): Promise<void> => {
  const deadline = Date.now() + LONGEST_STOP_MILLISECONDS;
  const pid = await recordedPid(place);
  while (pid !== undefined && Date.now() < deadline) {
    if ((await recordedPid(place)) !== pid || !(await isServer(pid, place))) return;
    await delay(POLL_MILLISECONDS);
  }
};

const recordedPid = async ({ data }: ServerDirectory): Promise<number | undefined> => {
  const content = await ifPresent(readFile(join(data, 'postmaster.pid'), 'utf8'));
  const pid = Number.parseInt(content ?? '', 10);
  return Number.isNaN(pid) ? undefined : pid;
};

/** Whether the process is a PostgreSQL that was started on this directory. One that is gone or hidden is none. */
const isServer = async (pid: number, { data }: ServerDirectory): Promise<boolean> => {
  if (process.platform === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return command.split('\0').includes(data);
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.includes(`-D ${data} `);
};

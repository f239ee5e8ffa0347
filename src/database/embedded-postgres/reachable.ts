import { randomUUID } from 'node:crypto';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from '../../errors/embedded-postgres.error.js';
import { shortHash } from '../../definition/identifiers.js';
import type { EmbeddedBinaries } from './binaries.js';
import { prepareDirectory, requireReachable, type ServerDirectory } from './directory.js';
import { hasCode, statIfPresent } from './files.js';

/**
 * Where root keeps what the user that PostgreSQL runs as must reach. A clone in root's home directory, or in a fresh
 * temporary one, is closed to everybody else.
 */
const SHARED = '/var/lib/dynamo';

const isUnreachable = (error: unknown): boolean =>
  error instanceof EmbeddedPostgresError && error.code === 'unreachable_directory';

/** `directory` itself, or one that stands for it where PostgreSQL may go. @throws EmbeddedPostgresError */
export const prepareReachableDirectory = async (directory: string): Promise<ServerDirectory> => {
  try {
    return await prepareDirectory(directory);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    const path = resolve(directory);
    return prepareDirectory(join(SHARED, `${basename(dirname(path))}-${shortHash(path)}`));
  }
};

/** The programs where they are, or a copy of them where PostgreSQL's user may run them. @throws EmbeddedPostgresError */
export const reachableBinaries = async (
  binaries: EmbeddedBinaries,
  { user }: ServerDirectory,
): Promise<EmbeddedBinaries> => {
  try {
    await requireReachable([binaries.postgres], user);
    return binaries;
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    const copy = join(SHARED, `postgresql-${binaries.release}`);
    if ((await statIfPresent(copy)) === undefined) await copyTree(binaries.home, copy);
    await requireReachable([copy], user);
    const moved = (path: string) => join(copy, path.slice(binaries.home.length));
    return { ...binaries, home: copy, initdb: moved(binaries.initdb), postgres: moved(binaries.postgres) };
  }
};

/** Whole or not at all: another process may be making the same copy, or this one may be killed. */
const copyTree = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true });
  const temporary = `${to}.${randomUUID()}`;
  await cp(from, temporary, { recursive: true, verbatimSymlinks: true });
  try {
    await rename(temporary, to);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!hasCode(error, 'ENOTEMPTY') && !hasCode(error, 'EEXIST')) throw error;
  }
};

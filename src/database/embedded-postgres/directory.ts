import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, chown, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from '../../errors/embedded-postgres.error.js';
import { hasCode, messageOf, statIfPresent } from './files.js';

/** The user that PostgreSQL runs as when Dynamo itself runs as root, which PostgreSQL refuses. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where everything of one embedded server lies. All paths are absolute and free of links. */
export interface ServerDirectory {
  readonly root: string;
  readonly data: string;
  readonly socket: string;
  readonly log: string;
  /** Absent when PostgreSQL simply runs as the current user. */
  readonly user?: ServerUser;
}

/** The port only names the socket file; nothing listens on the network. */
export const SOCKET_PORT = 5432;

/** Of the socket's whole path, in bytes; a limit of the operating system. */
const MAXIMUM_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107;

const NOBODY: ServerUser = { uid: 65534, gid: 65534 };

/**
 * Creates what is missing below `directory`.
 *
 * @throws EmbeddedPostgresError `unreachable_directory`, or an error of the file system
 */
export const prepareDirectory = async (directory: string): Promise<ServerDirectory> => {
  const created = await createDirectory(resolve(directory));
  const root = await realpath(directory);
  await access(root, constants.W_OK | constants.X_OK);
  const data = join(root, 'data');
  const user = process.getuid?.() === 0 ? await chooseUser(data) : undefined;
  if (created && user) await chown(root, user.uid, user.gid);

  const socket = await createSocketDirectory(root, user);
  await requireReachable([root, socket], user);
  return { root, data, socket, log: join(root, 'postgres.log'), user };
};

/** What an error of the file system means to the person who has chosen `directory`. */
export const unwritableDirectory = (directory: string, cause: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'unwritable_directory',
    `The embedded PostgreSQL cannot keep its data in "${directory}" (${messageOf(cause)}): ` +
      'make the directory writable, choose another one, or set DATABASE_URL to a PostgreSQL of your own.',
    { cause },
  );

/** Not with `recursive`, with which Node 20 tries for ever below `/proc`. Returns whether it did not exist. */
const createDirectory = async (path: string): Promise<boolean> => {
  if ((await statIfPresent(path))?.isDirectory()) return false;
  if (dirname(path) !== path) await createDirectory(dirname(path));
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST') && (await stat(path)).isDirectory()) return false;
    throw error;
  }
};

/** Data that an ordinary user has created stays his, so that he can still use it after somebody started it as root. */
const chooseUser = async (data: string): Promise<ServerUser> => {
  const owner = await statIfPresent(data);
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : NOBODY;
};

const createSocketDirectory = async (root: string, user: ServerUser | undefined): Promise<string> => {
  const path = socketDirectory(root);
  await createDirectory(path);
  const { uid } = await lstat(path);
  const trusted = [process.getuid?.(), user?.uid];
  // Everybody may create directories in the one for temporary files.
  if (dirname(path) !== root && !trusted.includes(uid)) throw new Error(`"${path}" belongs to another user`);
  // Whoever may enter this directory may use the database: there is no password.
  await chmod(path, 0o700);
  if (user) await chown(path, user.uid, user.gid);
  return path;
};

const socketDirectory = (root: string): string => {
  const near = join(root, 'sock');
  if (fitsSocket(near)) return near;
  const name = `dynamo-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  const far = join(resolve(tmpdir()), name);
  return fitsSocket(far) ? far : join('/tmp', name);
};

const fitsSocket = (directory: string): boolean =>
  Buffer.byteLength(join(directory, `.s.PGSQL.${SOCKET_PORT}`)) <= MAXIMUM_SOCKET_PATH;

/**
 * Root enters every directory, the user that PostgreSQL runs as does not: home directories are often closed.
 *
 * @throws EmbeddedPostgresError `unreachable_directory`
 */
export const requireReachable = async (paths: readonly string[], user: ServerUser | undefined): Promise<void> => {
  if (!user) return;
  for (const path of paths) {
    const closed = await closedDirectory(path, user);
    if (closed === undefined) continue;
    throw new EmbeddedPostgresError(
      'unreachable_directory',
      `The embedded PostgreSQL cannot reach "${path}": it refuses to run as root, and user ${user.uid}, which it runs as ` +
        `instead, may not enter "${closed}"; start Dynamo as another user, move it elsewhere, or set DATABASE_URL.`,
    );
  }
};

const closedDirectory = async (path: string, user: ServerUser): Promise<string | undefined> => {
  const { mode, uid, gid } = await stat(path);
  const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  const parent = dirname(path);
  const above = parent === path ? undefined : await closedDirectory(parent, user);
  return above ?? ((mode & needed) === 0 ? path : undefined);
};

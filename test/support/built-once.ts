import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const BUILDS = join(PROJECT, 'node_modules', '.cache', 'dynamo-test-builds');
const OLD_MILLISECONDS = 3_600_000;
/** Whoever builds for longer than this was killed. */
const LONGEST_BUILD_MILLISECONDS = 240_000;
const POLL_MILLISECONDS = 200;

const ageOf = (path: string): number => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 0 : Date.now() - found.mtimeMs;
};

const hashOf = async (files: readonly string[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(`${file}\0`).update(await readFile(join(PROJECT, file)));
  return hash.digest('hex').slice(0, 16);
};

/** Of sources that have changed since. A young one may be in use by another run. */
const removeOldBuilds = async (): Promise<void> => {
  const paths = (await readdir(BUILDS)).map((name) => join(BUILDS, name));
  const old = paths.filter((path) => ageOf(path) > OLD_MILLISECONDS);
  await Promise.all(old.map((path) => rm(path, { recursive: true, force: true })));
};

/** Whether this process is the one that builds there; the others wait. */
const take = async (unfinished: string): Promise<boolean> => {
  if (ageOf(unfinished) > LONGEST_BUILD_MILLISECONDS) await rm(unfinished, { recursive: true, force: true });
  try {
    await mkdir(unfinished);
    return true;
  } catch {
    return false;
  }
};

/** All files below a directory of the project, relative to it. */
export const filesBelow = async (directory: string): Promise<string[]> => {
  const entries = await readdir(join(PROJECT, directory), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length));
};

const changedAt = async (path: string): Promise<number> => (await stat(join(PROJECT, path))).mtimeMs;

/** Files, and the directories above them, which change when a file goes. */
const lastChange = async (files: readonly string[]): Promise<number> => {
  const paths = new Set(files.flatMap((file) => [file, dirname(file)]).filter((path) => path !== '.'));
  return Math.max(...(await Promise.all([...paths].map(changedAt))));
};

/**
 * Takes what `npm run build` has made, unless something that it was made from has changed since.
 *
 * @param built a file that is written by every build, relative to the project
 * @param from the directory that is copied, relative to the project
 * @returns whether it did
 */
export const takeBuild = async (
  built: string,
  from: string,
  files: readonly string[],
  directory: string,
): Promise<boolean> => {
  if (!existsSync(join(PROJECT, built)) || (await changedAt(built)) < (await lastChange(files))) return false;
  await cp(join(PROJECT, from), directory, { recursive: true });
  return true;
};

/**
 * Builds something apart from the developer's `dist`, once for all spec files: its directory is named after what it is
 * built from, and appears in one go.
 *
 * @param name of what is built
 * @param files that it is built from, relative to the project
 * @param build fills a directory, which is empty
 */
export const builtOnce = async (
  name: string,
  files: readonly string[],
  build: (directory: string) => Promise<void>,
): Promise<string> => {
  const home = join(BUILDS, `${name}-${await hashOf(files)}`);
  const unfinished = `${home}-unfinished`;
  while (!existsSync(home)) {
    await mkdir(BUILDS, { recursive: true });
    if (!(await take(unfinished))) {
      await delay(POLL_MILLISECONDS);
      continue;
    }
    try {
      await removeOldBuilds();
      await build(unfinished);
      if (!existsSync(home)) await rename(unfinished, home);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  return home;
};

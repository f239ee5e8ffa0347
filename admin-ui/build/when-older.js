import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PROJECT = dirname(ROOT);
const BUILT = join(PROJECT, 'dist', 'admin', 'index.html');

const changedAt = async (path) => (await stat(path)).mtimeMs;

/** Directories count too: they change when a file goes. */
const lastChange = async () => {
  const names = await readdir(ROOT, { recursive: true });
  const paths = [ROOT, ...names.map((name) => join(ROOT, name)), join(PROJECT, 'package-lock.json')];
  return Math.max(...(await Promise.all(paths.map(changedAt))));
};

// The build takes seconds, and whoever starts the server has mostly not touched the admin.
if (!existsSync(BUILT) || (await changedAt(BUILT)) < (await lastChange())) {
  const { build } = await import('vite');
  await build({ root: ROOT, logLevel: 'warn' });
}

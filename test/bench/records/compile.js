import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformFile } from '@swc/core';

const SOURCES = fileURLToPath(new URL('handwritten', import.meta.url));
/** Below node_modules, so that the packages are found. */
const BUILDS = fileURLToPath(new URL('../../../node_modules/.cache', import.meta.url));

/**
 * Compiles the hand-written server, as its developer would before starting it.
 * @returns the address of its program, and how to remove it again
 */
export const compileHandwritten = async () => {
  await mkdir(BUILDS, { recursive: true });
  const directory = await mkdtemp(join(BUILDS, 'dynamo-bench-'));
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  for (const name of await readdir(SOURCES)) {
    const { code } = await transformFile(join(SOURCES, name), { sourceMaps: false });
    await writeFile(join(directory, name.replace(/\.ts$/, '.js')), code);
  }
  return {
    program: pathToFileURL(join(directory, 'main.js')).href,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { buildAdmin } from './admin-build.js';
import { buildServer, compile } from './process.js';

const PROJECT = join(import.meta.dirname, '../..');
const MODULES = join(PROJECT, 'node_modules');
const INCLUDED = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** What `package.json` says about other packages. */
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** What `npm pack` has made. */
export interface Tarball {
  /** A directory of its own, for applications too. */
  readonly directory: string;
  readonly file: string;
  /** Paths in the package. */
  readonly paths: readonly string[];
  remove(): Promise<void>;
}

/** Runs `npm pack` on a copy with the builds of the tests, because it builds into `dist`, which others may be reading. */
export const packPackage = async (): Promise<Tarball> => {
  const directory = await mkdtemp(join(tmpdir(), 'dynamo-package-'));
  const copy = join(directory, 'project');
  await mkdir(copy);
  for (const name of INCLUDED) await cp(join(PROJECT, name), join(copy, name));
  await cp(join(await buildServer(), 'dist'), join(copy, 'dist'), { recursive: true });
  await cp(await buildAdmin(), join(copy, 'dist/admin'), { recursive: true });
  const { stdout } = await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--offline', '--json'], {
    cwd: copy,
  });
  const [{ filename, files }] = JSON.parse(stdout) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  return {
    directory,
    file: join(copy, filename),
    paths: files.map(({ path }) => path),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};

/** What npm installs besides a package: its dependencies, and its peers unless they are optional. */
const requirements = async (): Promise<string[]> => {
  const manifest = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as Manifest;
  const { dependencies, peerDependencies, peerDependenciesMeta } = manifest;
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys(dependencies), ...peers];
};

/**
 * Makes an application, installs the tarball and what it requires, without a network, and compiles it. Nothing else
 * can be imported, so a package that is not declared is missed.
 *
 * @param sources below `src`, by path
 */
export const buildApplication = async (
  tarball: Tarball,
  type: 'module' | 'commonjs',
  extra: readonly string[],
  compilerOptions: object,
  sources: Readonly<Record<string, string>>,
): Promise<string> => {
  const home = join(tarball.directory, type);
  const installed = join(home, 'node_modules/@dynamo/nest');
  await mkdir(installed, { recursive: true });
  await promisify(execFile)('tar', ['-xzf', tarball.file, '-C', installed, '--strip-components=1']);
  for (const name of [...(await requirements()), ...extra]) {
    const link = join(home, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(MODULES, name), link);
  }
  const files = {
    'package.json': JSON.stringify({ name: 'shop', private: true, type }),
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['src'] }),
    ...Object.fromEntries(Object.entries(sources).map(([path, text]) => [join('src', path), text])),
  };
  await mkdir(join(home, 'src'));
  await Promise.all(Object.entries(files).map(([path, text]) => writeFile(join(home, path), text)));
  await compile(home, ['--project', '.']);
  return home;
};

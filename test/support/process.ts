import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { httpClient, type Http } from './http.js';

/** How a process ended, and what it had printed. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the signal to the end; for a start that failed, from its beginning. */
  readonly milliseconds: number;
}

/** A running server, in a process of its own as a user has it. */
export interface ServerProcess {
  readonly url: string;
  readonly http: Http;
  /** Sends a signal, SIGTERM unless told, and waits for the end; a server that goes on is killed after 8 seconds. */
  stop(signal?: NodeJS.Signals): Promise<Ending>;
}

/** Variables of the server's environment. Of the test's own it gets no others than PATH. */
export type Environment = Readonly<Record<string, string>>;

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const BUILDS = join(PROJECT, 'node_modules', '.cache', 'dynamo-test-builds');
const LONGEST_STOP_MILLISECONDS = 8_000;
const OLD_MILLISECONDS = 3_600_000;
/** The first that the program prints, the way to the API left out. */
const ADDRESS = /(http:\/\/[^\s/]+)(?:\/api)?\n/;

/**
 * Builds the server apart from the developer's `dist`, once for all spec files: the directory is named after what it
 * is built from, and appears in one go. It looks like the installed package: `package.json` and `dist`.
 */
export const buildServer = async (): Promise<string> => {
  const home = join(BUILDS, await hashSources());
  if (existsSync(home)) return home;

  await mkdir(BUILDS, { recursive: true });
  await removeOldBuilds();
  const unfinished = await mkdtemp(join(BUILDS, 'unfinished-'));
  try {
    await cp(join(PROJECT, 'package.json'), join(unfinished, 'package.json'));
    const target = ['--outDir', join(unfinished, 'dist'), '--tsBuildInfoFile', join(unfinished, '.tsbuildinfo')];
    await compile(PROJECT, ['--project', 'tsconfig.build.json', ...target]);
    await rename(unfinished, home);
  } catch (error) {
    // The other spec file that was building may have been faster.
    if (!existsSync(home)) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return home;
};

/** Runs TypeScript's compiler. @throws an Error with its complaints */
export const compile = async (directory: string, parameters: readonly string[]): Promise<void> => {
  const compiler = join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, ...parameters], { cwd: directory });
  } catch (error) {
    throw new Error(`tsc failed: ${error instanceof Error && 'stdout' in error ? error.stdout : error}`, {
      cause: error,
    });
  }
};

const hashSources = async (): Promise<string> => {
  const sources = await readdir(join(PROJECT, 'src'), { recursive: true });
  const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].concat(
    sources.filter((name) => name.endsWith('.ts')).map((name) => join('src', name)),
  );
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(`${file}\0`).update(await readFile(join(PROJECT, file)));
  return hash.digest('hex').slice(0, 16);
};

/** Of sources that have changed since. A young one may be in use by another run. */
const removeOldBuilds = async (): Promise<void> => {
  for (const name of await readdir(BUILDS)) {
    const path = join(BUILDS, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > OLD_MILLISECONDS) await rm(path, { recursive: true, force: true });
  }
};

/** Starts a program below `home`, the server unless told, and waits for its address. @throws an Error with its words */
export const startServer = async (
  home: string,
  environment: Environment,
  program = 'dist/main.js',
  parameters: readonly string[] = [],
): Promise<ServerProcess> => {
  const { process: server, ready, ended } = launch(home, environment, program, parameters);
  const url = await Promise.race([ready, ended]);
  if (typeof url !== 'string') throw new Error(`The server did not start: ${url.stderr || url.stdout}`);
  return {
    url,
    http: httpClient(url),
    stop: async (signal = 'SIGTERM') => {
      const start = performance.now();
      const late = setTimeout(() => server.kill('SIGKILL'), LONGEST_STOP_MILLISECONDS);
      server.kill(signal);
      const ending = await ended;
      clearTimeout(late);
      return { ...ending, milliseconds: performance.now() - start };
    },
  };
};

/** Starts the server and waits until it ends, because it cannot run like this. */
export const runServer = (home: string, environment: Environment): Promise<Ending> =>
  launch(home, environment, 'dist/main.js').ended;

const launch = (home: string, environment: Environment, program: string, parameters: readonly string[] = []) => {
  const start = performance.now();
  const server = spawn(process.execPath, [join(home, program), ...parameters], {
    cwd: home,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const ready = new Promise<string>((resolve) => {
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
      const url = ADDRESS.exec(output.stdout)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  server.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<Ending>((resolve) => {
    server.once('close', (code, signal) =>
      resolve({ code, signal, ...output, milliseconds: performance.now() - start }),
    );
  });
  return { process: server, ready, ended };
};

/** Removes the data of a server, and ends the PostgreSQL that outlives a server that was killed. */
export const removeData = async (directory: string): Promise<void> => {
  const postmaster = join(directory, 'data', 'postmaster.pid');
  if (existsSync(postmaster)) process.kill(Number.parseInt(await readFile(postmaster, 'utf8'), 10), 'SIGQUIT');
  await rm(directory, { recursive: true, force: true, maxRetries: 10 });
};

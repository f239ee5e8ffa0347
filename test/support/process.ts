import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtOnce, filesBelow, PROJECT } from './built-once.js';
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
  readonly pid: number;
  readonly http: Http;
  /** Everything on both outputs until now. */
  printed(): string;
  /** Sends a signal, SIGTERM unless told, and waits for the end; a server that goes on is killed after 8 seconds. */
  stop(signal?: NodeJS.Signals): Promise<Ending>;
}

/** Variables of the server's environment. Of the test's own it gets no others than PATH. */
export type Environment = Readonly<Record<string, string>>;

const LONGEST_STOP_MILLISECONDS = 8_000;
/** What may do everything on a server that a test starts. */
export const ADMIN_KEY = 'a-key-that-only-the-tests-know-of-and-use';
/** The first that the program prints, the way to the API left out. */
export const ADDRESS = /(http:\/\/[^\s/"]+)(?:\/api)?[\n"]/;

/** Builds the server. It looks like the installed package: `package.json` and `dist`. */
export const buildServer = async (): Promise<string> => {
  const sources = (await filesBelow('src')).filter((name) => name.endsWith('.ts'));
  const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', ...sources];
  return builtOnce('server', files, async (directory) => {
    await cp(join(PROJECT, 'package.json'), join(directory, 'package.json'));
    const target = ['--outDir', join(directory, 'dist'), '--tsBuildInfoFile', join(directory, '.tsbuildinfo')];
    // Types are checked by `npm run typecheck`, and by the build of the package; here only the programs are wanted.
    await compile(PROJECT, ['--project', 'tsconfig.build.json', '--noCheck', ...target]);
  });
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

/** Starts a program below `home`, the server unless told, and waits for its address. @throws an Error with its words */
export const startServer = async (
  home: string,
  environment: Environment,
  program = 'dist/main.js',
  parameters: readonly string[] = [],
): Promise<ServerProcess> => {
  const { process: server, ready, ended, output } = launch(home, environment, program, parameters);
  const url = await Promise.race([ready, ended]);
  if (typeof url !== 'string') throw new Error(`The server did not start: ${url.stderr || url.stdout}`);
  return {
    url,
    // Programs of others know no key of Dynamo's.
    http: httpClient(url, program.startsWith('dist/') ? { authorization: `Bearer ${ADMIN_KEY}` } : {}),
    pid: server.pid ?? 0,
    printed: () => output.stdout + output.stderr,
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
    env: { PATH: process.env.PATH, DYNAMO_ADMIN_KEY: ADMIN_KEY, ...environment },
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
  return { process: server, ready, ended, output };
};

/** Removes the data of a server, and ends the PostgreSQL that outlives a server that was killed. */
export const removeData = async (directory: string): Promise<void> => {
  const postmaster = join(directory, 'data', 'postmaster.pid');
  if (existsSync(postmaster)) process.kill(Number.parseInt(await readFile(postmaster, 'utf8'), 10), 'SIGQUIT');
  await rm(directory, { recursive: true, force: true, maxRetries: 10 });
};

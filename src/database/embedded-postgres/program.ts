import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { EmbeddedPostgresError } from '../../errors/embedded-postgres.error.js';
import type { ServerDirectory } from './directory.js';
import { hasCode } from './files.js';

interface ProgramOptions {
  readonly stdio: StdioOptions;
  readonly detached?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts one of PostgreSQL's programs as the right user and without what the caller's environment would change. */
export const spawnProgram = (
  program: string,
  parameters: readonly string[],
  place: ServerDirectory,
  { stdio, detached = false, environment }: ProgramOptions,
): ChildProcess =>
  spawn(program, parameters, {
    ...place.user,
    cwd: place.root,
    stdio,
    detached,
    env: { ...environmentWithoutPostgres(), LC_ALL: 'C', ...environment },
  });

/** PGPORT, PGDATA and their like are meant for other servers. LC_ALL=C keeps the messages in English. */
const environmentWithoutPostgres = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));

/** What a program's `error` event means: it could not even be started. */
export const spawnFailure = (cause: Error): EmbeddedPostgresError =>
  hasCode(cause, 'ENOENT')
    ? new EmbeddedPostgresError(
        'no_binaries',
        'The installed PostgreSQL binaries do not run on this system (they need glibc, which Alpine Linux lacks): ' +
          'set DATABASE_URL to a PostgreSQL of your own.',
        { cause },
      )
    : startFailure(cause.message, { cause });

export const startFailure = (reason: string, options?: ErrorOptions): EmbeddedPostgresError =>
  new EmbeddedPostgresError('start_failed', `The embedded PostgreSQL did not start: ${reason}`, options);

/** The line of a PostgreSQL log that says best what went wrong, without time and process number. */
export const lastProblem = (log: string): string | undefined => {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((text) => PROBLEM.test(text)) ?? lines.at(-1);
  return line?.replace(PROBLEM, '').trim();
};

const PROBLEM = /^.*?\b(FATAL|PANIC|error): +/;

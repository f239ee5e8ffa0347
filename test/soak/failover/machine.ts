import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where Debian's packages put what this needs. */
const POSTGRES = '/usr/lib/postgresql';
const HAPROXY = '/usr/sbin/haproxy';

/** Directory of PostgreSQL's programs, the newest; undefined where the packages are not installed. */
export const findPrograms = (): string | undefined => {
  if (!existsSync(HAPROXY) || !existsSync(POSTGRES)) return undefined;
  const [newest] = readdirSync(POSTGRES).sort((a, b) => Number(b) - Number(a));
  const programs = join(POSTGRES, newest ?? '', 'bin');
  return existsSync(join(programs, 'pg_basebackup')) ? programs : undefined;
};

/** PostgreSQL refuses to run as root. */
const ids =
  process.getuid?.() === 0
    ? {
        uid: Number(execFileSync('id', ['-u', 'postgres'])),
        gid: Number(execFileSync('id', ['-g', 'postgres'])),
      }
    : undefined;

/** Makes a directory that PostgreSQL may write. */
export const makeDirectory = (path: string): string => {
  mkdirSync(path, { recursive: true });
  if (ids !== undefined) chownSync(path, ids.uid, ids.gid);
  return path;
};

export type Environment = Readonly<Record<string, string>>;

/** Runs a program of PostgreSQL to its end. */
export const run = async (program: string, parameters: readonly string[], env: Environment = {}): Promise<string> =>
  (await promisify(execFile)(program, [...parameters], { ...ids, cwd: '/', env: { PATH: process.env.PATH, ...env } }))
    .stdout;

export const ended = async (process: ChildProcess): Promise<void> => {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
};

const started = new Set<ChildProcess>();

/** Ends what a cluster that could not be started has left. */
export const endAll = async (): Promise<void> => {
  for (const process of started) process.kill('SIGINT');
  await Promise.all([...started].map(ended));
};

/** Starts what goes on, as PostgreSQL's user. @param log file of its words */
export const start = (program: string, parameters: readonly string[], log: string, env: Environment): ChildProcess => {
  const file = openSync(log, 'a');
  const child = spawn(program, [...parameters], {
    ...ids,
    cwd: '/',
    stdio: ['ignore', file, file],
    env: { PATH: process.env.PATH, ...env },
  });
  started.add(child);
  return child;
};

/** The load balancer, with the configuration that is shipped. */
export const startBalancer = (config: string, log: string, env: Environment): ChildProcess =>
  start(HAPROXY, ['-f', config], log, env);

/** A port that nobody uses at the moment. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

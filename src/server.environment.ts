import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { LogLevel } from '@nestjs/common';
import { isEmail } from 'class-validator';
import type { FirstSuperuser } from './accounts/accounts.options.js';
import { requireGoodPassword } from './accounts/credentials/password-rules.js';
import { IDEMPOTENCY_KEY_LIFETIME } from './dynamo.options.js';
import { DynamoError } from './errors/dynamo.error.js';
import { isPostgresUrl } from './server.database.js';

/** An environment variable says something that it cannot say. */
export class InvalidEnvironmentError extends DynamoError {
  readonly status = 500;
  readonly code = 'invalid_environment';
}

/** Proxies whose `X-Forwarded-…` headers are believed: so many in a row in front of the server, or those at these addresses. */
export type TrustedProxies = number | readonly string[];

/** Where an administrator wants the metrics. */
export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** `text` is for people, `json` one object a line for programs that collect logs. */
export type LogFormat = 'text' | 'json';

export interface ServerEnvironment {
  readonly port: number;
  readonly host: string;
  /** PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Where announcements of changes are listened for, if the other address leads to a pooler. */
  readonly listenUrl: string | undefined;
  /** Streaming replicas that records are read from. */
  readonly replicaUrls: readonly string[];
  /** How late those may be, in milliseconds. */
  readonly replicaMaxLag: number;
  /** How long a request waits for a connection to the database, in milliseconds. */
  readonly poolTimeout: number;
  /** How long reading records may take, in milliseconds; 0 is as long as it takes. */
  readonly readTimeout: number;
  /** From so many rows on a table is changed in the background. */
  readonly backgroundFrom: number;
  /** How long the answers to writes with an idempotency key are kept, in milliseconds; 0 refuses them. */
  readonly idempotencyKeyLifetime: number;
  /** Where the embedded PostgreSQL keeps its data. */
  readonly dataDirectory: string;
  readonly logFormat: LogFormat;
  readonly logLevels: LogLevel[];
  /** What this process is called in the log and among the connections of the database. */
  readonly nodeName: string;
  /** Undefined: nobody asked for metrics, so there are none. */
  readonly metrics: MetricsAddress | undefined;
  readonly trustedProxies: TrustedProxies;
  /** A key that may do everything. */
  readonly adminKey: string | undefined;
  /** Who is made the first superuser. */
  readonly firstSuperuser: FirstSuperuser | undefined;
  /** Whether nobody is there to follow a set-up link. */
  readonly isProduction: boolean;
}

const LOOPBACK = '127.0.0.1';

const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

const port = (variable: string, text: string): number => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (number >= 0 && number <= 65_535) return number;
  throw new InvalidEnvironmentError(`${variable} must be a number between 0 and 65535, but it is "${text}".`);
};

const metrics = (portText: string | undefined, host: string): MetricsAddress | undefined =>
  portText === undefined ? undefined : { host, port: port('DYNAMO_METRICS_PORT', portText) };

const logFormat = (text: string): LogFormat => {
  if (text === 'text' || text === 'json') return text;
  throw new InvalidEnvironmentError(`DYNAMO_LOG_FORMAT must be text or json, but it is "${text}".`);
};

/** As many characters as PostgreSQL keeps of the name of an application. */
const LONGEST_NAME = 63;

const nodeName = (text: string): string => {
  if (/^[\w.:@-]{1,63}$/.test(text)) return text;
  throw new InvalidEnvironmentError(
    `DYNAMO_NODE_NAME must have between 1 and ${LONGEST_NAME} letters, digits and . _ : @ -, but it is "${text}".`,
  );
};

/** The process is what differs on one machine. */
const ownName = (): string => {
  const end = `:${process.pid}`;
  return (
    hostname()
      .replaceAll(/[^\w.-]/g, '-')
      .slice(0, LONGEST_NAME - end.length) + end
  );
};

const logLevels = (text: string): LogLevel[] => {
  const position = LOG_LEVELS.indexOf(text as LogLevel);
  if (position >= 0) return LOG_LEVELS.slice(0, position + 1);
  throw new InvalidEnvironmentError(`DYNAMO_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, but it is "${text}".`);
};

/** An address, or a block of them such as `10.1.0.0/16`; but not everybody's. */
const isBlock = (text: string): boolean => {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (length === undefined) return true;
  return /^\d{1,3}$/.test(length) && Number(length) >= 1 && Number(length) <= (family === 4 ? 32 : 128);
};

const trustedProxies = (text: string): TrustedProxies => {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const blocks = text.split(',').map((block) => block.trim());
  if (blocks.every(isBlock)) return blocks;
  throw new InvalidEnvironmentError(
    `TRUST_PROXY must be the addresses of the proxies in front of the server (10.0.0.5,10.1.0.0/16) or their number, but it is "${text}".`,
  );
};

/** @param most beyond it, Node's timers would not wait at all, unless the time is another's to keep */
const milliseconds = (variable: string, text: string, least: number, most = 9_999_999): number => {
  if (/^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new InvalidEnvironmentError(
    `${variable} must be a number of milliseconds, at least ${least} and at most ${most}, but it is "${text}".`,
  );
};

const rows = (variable: string, text: string): number => {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new InvalidEnvironmentError(`${variable} must be a number of rows, but it is "${text}".`);
};

const THIRTY_DAYS = 2_592_000_000;

const listenUrl = (text: string | undefined): string | undefined => {
  if (text === undefined || isPostgresUrl(text)) return text;
  // It may have a password, so it is not repeated.
  throw new InvalidEnvironmentError(
    'DYNAMO_LISTEN_URL must be an address such as postgres://user:password@127.0.0.1:5432/shop; characters such as / or % in the password are written %2F and %25.',
  );
};

const replicaUrls = (text: string | undefined): readonly string[] => {
  const urls = text === undefined ? [] : text.split(',').map((url) => url.trim());
  const position = urls.findIndex((url) => !isPostgresUrl(url));
  if (position < 0) return urls;
  // They may have passwords, so they are not repeated.
  throw new InvalidEnvironmentError(
    `DYNAMO_REPLICA_URLS must be addresses such as postgres://user:password@10.0.0.6:5432/shop, separated by commas, but number ${position + 1} is none; characters such as / or , in the password are written %2F and %2C.`,
  );
};

const SHORTEST_KEY = 32;

const adminKey = (text: string | undefined): string | undefined => {
  if (text === undefined || /^[\w.~+/=-]{32,512}$/.test(text)) return text;
  throw new InvalidEnvironmentError(
    `DYNAMO_ADMIN_KEY must have between ${SHORTEST_KEY} and 512 characters, letters, digits and . _ ~ + / = -. Make one with: openssl rand -hex 32`,
  );
};

const firstSuperuser = (email: string | undefined, password: string | undefined): FirstSuperuser | undefined => {
  if (email === undefined && password === undefined) return undefined;
  if (email === undefined || password === undefined) {
    throw new InvalidEnvironmentError('Set both DYNAMO_ADMIN_EMAIL and DYNAMO_ADMIN_PASSWORD, or neither.');
  }
  if (!isEmail(email))
    throw new InvalidEnvironmentError(`DYNAMO_ADMIN_EMAIL must be an email address, but it is "${email}".`);
  try {
    requireGoodPassword(password, email, 'password');
  } catch (error) {
    throw new InvalidEnvironmentError(
      `DYNAMO_ADMIN_PASSWORD is not good enough. ${error instanceof Error ? error.message : ''}`,
    );
  }
  return { email, password };
};

/** Settings of the server. An empty variable counts as none. @throws InvalidEnvironmentError */
export const readEnvironment = (env: NodeJS.ProcessEnv): ServerEnvironment => ({
  port: port('PORT', env['PORT'] || '3000'),
  host: env['HOST'] || LOOPBACK,
  databaseUrl: env['DATABASE_URL'] || undefined,
  listenUrl: listenUrl(env['DYNAMO_LISTEN_URL'] || undefined),
  replicaUrls: replicaUrls(env['DYNAMO_REPLICA_URLS'] || undefined),
  replicaMaxLag: milliseconds('DYNAMO_REPLICA_MAX_LAG', env['DYNAMO_REPLICA_MAX_LAG'] || '10000', 2000),
  poolTimeout: milliseconds('DYNAMO_POOL_TIMEOUT', env['DYNAMO_POOL_TIMEOUT'] || '5000', 100),
  readTimeout: milliseconds('DYNAMO_READ_TIMEOUT', env['DYNAMO_READ_TIMEOUT'] || '30000', 0),
  backgroundFrom: rows('DYNAMO_BACKGROUND_FROM', env['DYNAMO_BACKGROUND_FROM'] || '100000'),
  idempotencyKeyLifetime: milliseconds(
    'DYNAMO_IDEMPOTENCY_KEY_LIFETIME',
    env['DYNAMO_IDEMPOTENCY_KEY_LIFETIME'] || String(IDEMPOTENCY_KEY_LIFETIME),
    0,
    THIRTY_DAYS,
  ),
  dataDirectory: env['DYNAMO_DATA'] || '.dynamo',
  logFormat: logFormat(env['DYNAMO_LOG_FORMAT'] || 'text'),
  // Programs that collect logs want the requests; at a terminal they would be in the way. LOG_LEVEL is its older name.
  logLevels: logLevels(
    env['DYNAMO_LOG_LEVEL'] || env['LOG_LEVEL'] || (env['DYNAMO_LOG_FORMAT'] === 'json' ? 'log' : 'warn'),
  ),
  nodeName: nodeName(env['DYNAMO_NODE_NAME'] || ownName()),
  metrics: metrics(env['DYNAMO_METRICS_PORT'] || undefined, env['DYNAMO_METRICS_HOST'] || LOOPBACK),
  trustedProxies: trustedProxies(env['TRUST_PROXY'] || '0'),
  adminKey: adminKey(env['DYNAMO_ADMIN_KEY'] || undefined),
  firstSuperuser: firstSuperuser(env['DYNAMO_ADMIN_EMAIL'] || undefined, env['DYNAMO_ADMIN_PASSWORD'] || undefined),
  isProduction: env['NODE_ENV'] === 'production',
});

import type { LogLevel } from '@nestjs/common';
import { DynamoError } from './errors/dynamo.error.js';

/** An environment variable says something that it cannot say. */
export class InvalidEnvironmentError extends DynamoError {
  readonly status = 500;
  readonly code = 'invalid_environment';
}

export interface ServerEnvironment {
  readonly port: number;
  readonly host: string;
  /** PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Where the embedded PostgreSQL keeps its data. */
  readonly dataDirectory: string;
  readonly logLevels: LogLevel[];
}

const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

const port = (text: string): number => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (number >= 0 && number <= 65_535) return number;
  throw new InvalidEnvironmentError(`PORT must be a number between 0 and 65535, but it is "${text}".`);
};

const logLevels = (text: string): LogLevel[] => {
  const position = LOG_LEVELS.indexOf(text as LogLevel);
  if (position >= 0) return LOG_LEVELS.slice(0, position + 1);
  throw new InvalidEnvironmentError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, but it is "${text}".`);
};

/** Settings of the server. An empty variable counts as none. @throws InvalidEnvironmentError */
export const readEnvironment = (env: NodeJS.ProcessEnv): ServerEnvironment => ({
  port: port(env['PORT'] || '3000'),
  host: env['HOST'] || '127.0.0.1',
  databaseUrl: env['DATABASE_URL'] || undefined,
  dataDirectory: env['DYNAMO_DATA'] || '.dynamo',
  logLevels: logLevels(env['LOG_LEVEL'] || 'warn'),
});

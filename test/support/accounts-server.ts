import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServer } from '../../src/server.js';
import { createDatabase, type TestDatabase } from './database.js';
import type { Http } from './http.js';
import { LogBook } from './log-book.js';
import { ADMIN_KEY } from './process.js';
import { wireClient } from './wire.js';

/** How a server differs from the plain one, which knows {@link ADMIN_KEY} and nobody else. */
export interface AccountsOptions {
  /** How many proxies stand before the server, whose `X-Forwarded-…` are believed. Default 0. */
  readonly trustedProxies?: number;
  /** A database of the test's own, which outlives the server. Without it each server has a fresh one. */
  readonly database?: TestDatabase;
}

/** The standalone server, running in this process. */
export interface AccountsServer {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  /** Sends no credentials. */
  readonly anonymous: Http;
  /** Sends the key of the environment. */
  readonly admin: Http;
  /** Sends an API key. */
  bearer(key: string): Http;
  /** Everything that servers of this process have logged, at every level. */
  log(): string;
  close(): Promise<void>;
}

const book = new LogBook();

/**
 * Starts the standalone server with accounts, on a free port of this machine.
 *
 * @example const server = await startAccountsServer(); await server.admin.get('/api/meta/users'); await server.close();
 */
export const startAccountsServer = async (options: AccountsOptions = {}): Promise<AccountsServer> => {
  const { database = await createDatabase(), ...settings } = options;
  const dropOwn = async () => (options.database ? undefined : database.drop());
  try {
    const app = await createServer({ url: database.url, adminKey: ADMIN_KEY, ...settings });
    await app.listen(0, '127.0.0.1');
    Logger.overrideLogger(book);
    const url = await app.getUrl();
    return {
      url,
      app,
      database,
      anonymous: wireClient(url),
      admin: wireClient(url, { authorization: `Bearer ${ADMIN_KEY}` }),
      bearer: (key) => wireClient(url, { authorization: `Bearer ${key}` }),
      log: () => book.lines.join('\n'),
      close: async () => {
        await app.close();
        await dropOwn();
      },
    };
  } catch (error) {
    await dropOwn();
    throw error;
  }
};

import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openDatabase, type ServerDatabase } from './server.database.js';
import { startedMessage } from './server.banner.js';
import {
  InvalidEnvironmentError,
  type MetricsAddress,
  readEnvironment,
  type ServerEnvironment,
} from './server.environment.js';
import { ServerLogger } from './server.logger.js';
import type { MetricsServer } from './server.metrics.js';

/** Requests under way get this long to finish when the server is asked to stop, in milliseconds. */
const GRACE = 6000;
/** Between looks whether all are finished, in milliseconds. */
const MOMENT = 50;
const LONGEST_STOP = 8000;
/** Ctrl-C under npm arrives twice, from the terminal and from npm; only a later one means: at once. */
const SAME_SIGNAL = 1000;
const MAX_PORT = 65_535;

const LOOPBACK = '127.0.0.1';

const NOT_SET_UP =
  'Nobody can sign in yet, and in production nobody follows a set-up link. Set DYNAMO_ADMIN_EMAIL and DYNAMO_ADMIN_PASSWORD, or DYNAMO_ADMIN_KEY, and start again.';

/** The only way in before there is a superuser. The token is behind a #, so that no log of requests ever has it. */
const setupLink = (url: string, token: string, host: string) => ({
  address: `${url}/admin/#/setup?token=${token}`,
  waitingFor: [LOOPBACK, 'localhost'].includes(host) ? undefined : host,
});

/** Before anything is made that would have to be measured. @throws InvalidEnvironmentError */
const openMetrics = async (address: MetricsAddress | undefined): Promise<MetricsServer | undefined> => {
  if (address === undefined) return undefined;
  const { MetricsServer } = await import('./server.metrics.js').catch((cause: unknown) => {
    throw new InvalidEnvironmentError('DYNAMO_METRICS_PORT needs prom-client: npm install prom-client.', [], { cause });
  });
  return MetricsServer.open(address);
};

/** The server as a process: started with its environment, stopped by a signal. */
export class ServerProcess {
  private starting: Promise<unknown> | undefined;
  private database: ServerDatabase | undefined;
  private app: NestFastifyApplication | undefined;
  private metrics: MetricsServer | undefined;
  private stopRequestedAt: number | undefined;
  private underWay = 0;

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  /**
   * @returns what to tell the person at the terminal
   * @throws DynamoError whose message is one sentence, when something about the surroundings is wrong
   */
  async start(): Promise<string> {
    const starting = this.open();
    this.starting = starting.catch(() => undefined);
    try {
      return await starting;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Ends the process: with 0 when everything could be closed in time. */
  async stop(): Promise<void> {
    if (this.stopRequestedAt !== undefined) {
      if (Date.now() - this.stopRequestedAt > SAME_SIGNAL) process.exit(1);
      return;
    }
    this.stopRequestedAt = Date.now();
    setTimeout(() => process.exit(1), LONGEST_STOP).unref();
    await this.starting;
    await this.close();
    process.exit(0);
  }

  private async open(): Promise<string> {
    const environment = readEnvironment(this.env);
    const { adminKey, firstSuperuser, host, trustedProxies, nodeName } = environment;
    const { listenUrl, poolTimeout, readTimeout, backgroundFrom, replicaUrls, replicaMaxLag, idempotencyKeyLifetime } =
      environment;
    this.database = await openDatabase(environment);
    this.metrics = await openMetrics(environment.metrics);
    // Loading them takes most of a second, too long to hear that the environment is wrong.
    const [{ createServer }, { FirstStart }] = await Promise.all([
      import('./server.js'),
      import('./accounts/auth/first-start.service.js'),
    ]);
    const replicas = { readFromReplicas: replicaUrls, replicaMaxLag };
    const limits = { poolTimeout, readTimeout, backgroundFrom, idempotencyKeyLifetime };
    this.app = await createServer({
      url: this.database.url,
      listenUrl,
      nodeName,
      ...limits,
      ...replicas,
      metrics: this.metrics?.registry,
      adminKey,
      firstSuperuser,
      trustedProxies,
    });
    await this.app.init();
    this.countRequests(this.app.getHttpServer());
    const firstStart = this.app.get(FirstStart);
    const isSetUp = adminKey !== undefined || (await firstStart.hasSuperuser());
    if (!isSetUp && environment.isProduction) throw new InvalidEnvironmentError(NOT_SET_UP);
    const url = await listen(this.app, isSetUp ? environment : { ...environment, host: LOOPBACK });
    Logger.overrideLogger(new ServerLogger(environment));
    return startedMessage(
      {
        url,
        database: this.database.description,
        metrics: this.metrics?.url,
        nodeName,
        setup: isSetUp ? undefined : setupLink(url, await firstStart.offer(), host),
      },
      environment.logFormat,
    );
  }

  private async close(): Promise<void> {
    const server: Server | undefined = this.app?.getHttpServer();
    const deadline = Date.now() + GRACE;
    // Connections on which nobody ever asks anything, as browsers open them ahead, would be waited for.
    const closing = setInterval(() => {
      if (this.underWay === 0 || Date.now() > deadline) server?.closeAllConnections();
    }, MOMENT).unref();
    await this.app?.close();
    clearInterval(closing);
    await this.metrics?.close();
    await this.database?.stop();
  }

  private countRequests(server: Server): void {
    server.on('request', (_request, response) => {
      this.underWay += 1;
      response.once('close', () => (this.underWay -= 1));
    });
  }
}

const listen = async (app: NestFastifyApplication, { port, host }: ServerEnvironment): Promise<string> => {
  try {
    await app.listen(port, host);
    return await app.getUrl();
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'EADDRINUSE') {
      const other = port === MAX_PORT ? port - 1 : port + 1;
      throw new InvalidEnvironmentError(
        `Port ${port} of ${host} is taken. Stop the program that uses it, or choose another port: PORT=${other} npm start.`,
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new InvalidEnvironmentError(`Cannot listen on port ${port} of ${host} (${code}). Change PORT or HOST.`);
    }
    throw error;
  }
};

import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ModelRegistry } from './pipeline/model.registry.js';
import { callersOf } from './server.callers.js';

const logger = new Logger('Request');

/** Longer paths are nobody's. */
const LONGEST_PATH = 500;

/** What those ask all the time who watch the server. */
const PROBES = /^\/health(\/|$)/;

/** A request that is over. */
interface FinishedRequest {
  readonly id: string;
  readonly method: string;
  /** As it was sent, with its query. */
  readonly url: string;
  readonly status: number;
  /** The route as it is declared; none where there is none. */
  readonly route?: string | undefined;
  readonly milliseconds?: number;
  readonly schemaVersion?: number;
  readonly caller?: object;
}

/** Without the query, whose values are those of records or may be secret; and nothing that a terminal would take for more. */
const pathOf = (url: string): string =>
  url
    .replace(/[?#].*$/s, '')
    .slice(0, LONGEST_PATH)
    .replace(/[^\x21-\x7e]/g, '?');

/** One line for a request that is over. */
export const logRequest = (request: FinishedRequest): void => {
  // Whoever wants less hears of no request.
  if (!Logger.isLevelEnabled('log')) return;
  const { id, method, url, status, route, milliseconds, schemaVersion, caller } = request;
  const path = pathOf(url);
  const isProbe = status < 400 && PROBES.test(path);
  const level = isProbe ? 'debug' : 'log';
  if (!Logger.isLevelEnabled(level)) return;
  logger[level](`${method} ${path} ${status}`, {
    method,
    path,
    route: route ?? null,
    status,
    ...(milliseconds === undefined ? {} : { milliseconds: Math.round(milliseconds * 10) / 10 }),
    requestId: id,
    ...caller,
    ...(schemaVersion === undefined ? {} : { schemaVersion }),
  });
};

/** Logs each request when its answer was sent. */
export const logRequests = (app: NestFastifyApplication): void => {
  const registry = app.get(ModelRegistry);
  const callerOf = callersOf(app);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', (request, reply, done) => {
    const { id, method, url, routeOptions } = request;
    const { statusCode: status, elapsedTime: milliseconds } = reply;
    const { version: schemaVersion } = registry;
    const caller = callerOf(request);
    logRequest({ id, method, url, status, route: routeOptions.url, milliseconds, schemaVersion, caller });
    done();
  });
};

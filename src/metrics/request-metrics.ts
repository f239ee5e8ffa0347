import type { IncomingMessage, Server } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { Gauge, Histogram, type Registry } from 'prom-client';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** The label of what is not in a list. */
const OTHER = 'other';
/** What no route takes. */
const UNMATCHED = 'unmatched';
/** As nginx calls it that nobody waits for the answer any more. */
const LEFT = 499;

/** The little of Fastify that is needed here. */
interface Fastify {
  addHook(
    name: 'onRequest',
    hook: (
      request: { readonly raw: IncomingMessage; readonly routeOptions: { readonly url?: string | undefined } },
      reply: unknown,
      done: () => void,
    ) => void,
  ): unknown;
}

/** What Express puts on Node's own request. */
interface ExpressRequest {
  readonly route?: { readonly path?: unknown };
  readonly baseUrl?: string;
}

const isFastify = (instance: unknown): instance is Fastify =>
  instance !== null && (typeof instance === 'object' || typeof instance === 'function') && 'addHook' in instance;

/**
 * Finds the route that has taken a request, as it was declared. What is in a path stays out of it, so that there are as
 * many as the application has routes.
 */
const routesOf = (adapter: AbstractHttpAdapter): ((request: IncomingMessage) => string) => {
  const instance: unknown = adapter.getInstance();
  if (isFastify(instance)) {
    const routes = new WeakMap<IncomingMessage, string>();
    instance.addHook('onRequest', ({ raw, routeOptions: { url } }, _reply, done) => {
      if (url !== undefined) routes.set(raw, url);
      done();
    });
    return (request) => routes.get(request) ?? UNMATCHED;
  }
  return (request: IncomingMessage & ExpressRequest) => {
    const path = request.route?.path;
    if (typeof path !== 'string') return UNMATCHED;
    // A router that is mounted says where with what is in the address.
    return (request.baseUrl ?? '') === '' ? path : OTHER;
  };
};

/** Requests to the application, Dynamo's routes and its own: at Node's server, so that none goes around it. */
export const measureRequests = (adapter: AbstractHttpAdapter, registry: Registry): void => {
  const underWay = new Gauge({
    name: 'dynamo_http_requests_in_flight',
    help: 'HTTP requests under way, streams of events included.',
    registers: [registry],
  });
  const finished = new Histogram({
    name: 'dynamo_http_request_duration_seconds',
    help: 'HTTP requests by method, route and status, until the answer was sent; 499 when nobody waited for it any more.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const routeOf = routesOf(adapter);
  const server: Server = adapter.getHttpServer();
  server.on('request', (request, response) => {
    const start = performance.now();
    underWay.inc();
    response.once('close', () => {
      underWay.dec();
      const method = METHODS.has(request.method ?? '') ? request.method : OTHER;
      const status = response.writableFinished ? response.statusCode : LEFT;
      finished.observe({ method, route: routeOf(request), status }, (performance.now() - start) / 1000);
    });
  });
};

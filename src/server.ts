import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { accountsDocument } from './accounts/accounts-document.js';
import type { DynamoAccountsOptions } from './accounts/accounts.options.js';
import { requireModestShape } from './http/json-shape.js';
import type { TrustedProxies } from './server.environment.js';
import { beginHeaders, finishHeaders } from './server.headers.js';
import { type ServerDatabaseOptions, ServerModule, setupDocs } from './server.module.js';
import { answerBrokenRequest, answerMalformedAddress } from './server.problems.js';
import { requestId } from './server.request-id.js';
import { logRequests } from './server.request-log.js';
import { finishWhenStopping } from './server.stopping.js';

/** Enough for a bulk load of some ten thousand records, too little to fill the memory. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** What may be said of the edge. */
export interface AdapterOptions {
  /** Whose word counts for the address of a client. Default: nobody's. */
  readonly trustedProxies?: TrustedProxies;
}

/** Fastify takes no number any more, as it cannot know whether all requests come through the proxies. Who sets it does. */
const trustOf = (trusted: TrustedProxies) => {
  if (trusted === 0) return false;
  return typeof trusted === 'number' ? (_address: string, hop: number) => hop < trusted : [...trusted];
};

/** Fastify as the server uses it. */
export const createAdapter = ({ trustedProxies = 0 }: AdapterOptions = {}): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: requestId,
    trustProxy: trustOf(trustedProxies),
    // A keep-alive connection without a request must not hold up the end of the server.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: answerMalformedAddress,
    clientErrorHandler: answerBrokenRequest,
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', beginHeaders);
  fastify.addHook('onSend', finishHeaders);
  finishWhenStopping(adapter);
  // Many clients announce JSON with every request; Fastify would refuse a DELETE for its missing body.
  fastify.addHook('onRequest', ({ method, headers }, _reply, done) => {
    if (method === 'DELETE' && Number(headers['content-length'] ?? 0) === 0) delete headers['content-type'];
    done();
  });
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  adapter.useBodyParser('application/json', false, { bodyLimit: BODY_LIMIT }, (request, body: Buffer, done) => {
    requireModestShape(body);
    parseJson(request, body.toString(), done);
  });
  return adapter;
};

/** What the server is made of. */
export interface ServerSettings
  extends Omit<DynamoAccountsOptions, 'routePrefix'>, AdapterOptions, ServerDatabaseOptions {
  /** Of a PostgreSQL database. */
  readonly url: string;
}

/** The server, ready to listen. It logs nothing yet: what goes wrong at the start is thrown, and said once. */
export const createServer = async ({
  url,
  trustedProxies,
  adminKey,
  firstSuperuser,
  rateLimits,
  ...database
}: ServerSettings): Promise<NestFastifyApplication> => {
  const accounts = { adminKey, firstSuperuser, rateLimits, listenUrl: database.listenUrl };
  const app = await NestFactory.create<NestFastifyApplication>(
    ServerModule.forRoot(url, accounts, database),
    createAdapter({ trustedProxies }),
    {
      logger: false,
      abortOnError: false,
    },
  );
  logRequests(app);
  setupDocs(app, (document, request) => accountsDocument(app, document, request));
  return app;
};

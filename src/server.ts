import type { ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ServerModule, setupDocs } from './server.module.js';

/** Enough for a bulk load of some ten thousand records, too little to fill the memory. */
const BODY_LIMIT = 16 * 1024 * 1024;

type FrameworkError = Error & { readonly statusCode?: number };
interface IncomingRequest {
  readonly method: string;
  readonly headers: Record<string, unknown>;
}

/** Fastify as the server uses it. */
export const createAdapter = (): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // A keep-alive connection without a request must not hold up the end of the server.
    forceCloseConnections: 'idle',
    // Addresses that are no addresses never reach Nest, so they get their problem document here.
    frameworkErrors: (
      error: FrameworkError,
      request: { readonly id: unknown },
      reply: { readonly raw: ServerResponse },
    ) => {
      const { message: detail, statusCode: status = 400 } = error;
      const problem = {
        type: 'about:blank',
        title: 'Bad Request',
        status,
        code: 'malformed_address',
        detail,
        errors: [],
      };
      reply.raw.writeHead(status, { 'content-type': 'application/problem+json; charset=utf-8' });
      reply.raw.end(JSON.stringify({ ...problem, requestId: request.id }));
    },
  });
  // Many clients announce JSON with every request; Fastify would refuse a DELETE for its missing body.
  adapter.getInstance().addHook('onRequest', async ({ method, headers }: IncomingRequest) => {
    if (method === 'DELETE' && Number(headers['content-length'] ?? 0) === 0) delete headers['content-type'];
  });
  return adapter;
};

/**
 * The server, ready to listen. It logs nothing yet: what goes wrong at the start is thrown, and said once.
 *
 * @param url of a PostgreSQL database
 */
export const createServer = async (url: string): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(ServerModule.forRoot(url), createAdapter(), {
    logger: false,
    abortOnError: false,
  });
  setupDocs(app);
  return app;
};

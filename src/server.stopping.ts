import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { ServerStoppingError } from './errors/request.error.js';

/**
 * Lets a server that closes finish what it has begun: the answers end their connections, which would be waited for
 * otherwise, and what still comes over the others is refused with a problem document.
 */
export const finishWhenStopping = (adapter: FastifyAdapter): void => {
  const fastify = adapter.getInstance();
  let isStopping = false;
  fastify.addHook('preClose', async () => {
    isStopping = true;
  });
  fastify.addHook('onRequest', (_request, _reply, done) => {
    done(isStopping ? new ServerStoppingError() : undefined);
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (isStopping) reply.header('connection', 'close');
    done(null, payload);
  });
};

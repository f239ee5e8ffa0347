import { afterEach, describe, expect, it } from '@jest/globals';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { httpClient } from '../support/http.js';
import { createAdapter } from '../../src/server.js';
import type { TrustedProxies } from '../../src/server.environment.js';

const FORWARDED = {
  'x-forwarded-for': '198.51.100.1, 203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'shop.example',
};

describe('the server behind a proxy', () => {
  let adapter: FastifyAdapter | undefined;

  afterEach(() => adapter?.close());

  /** What the server believes of a request that comes from this machine and says that others have sent it on. */
  const believed = async (trustedProxies?: TrustedProxies) => {
    adapter = createAdapter({ trustedProxies });
    const fastify = adapter.getInstance();
    fastify.get('/', ({ ip, protocol, host }, reply) => reply.send({ ip, protocol, host }));
    const url = await fastify.listen({ port: 0, host: '127.0.0.1' });
    const { headers, body } = await httpClient(url, FORWARDED).get('/');
    return { here: new URL(url).host, body, strict: headers.get('strict-transport-security') };
  };

  it.each<[string, TrustedProxies | undefined]>([
    ['nobody is named', undefined],
    ['there is none', 0],
    ['others are named', ['10.0.0.0/8', '::1']],
  ])('believes nothing when %s', async (_title, trustedProxies) => {
    const { here, body, strict } = await believed(trustedProxies);

    expect(body).toEqual({ ip: '127.0.0.1', protocol: 'http', host: here });
    expect(strict).toBeNull();
  });

  it.each<[string, TrustedProxies, string]>([
    ['the last address when there is one proxy', 1, '203.0.113.7'],
    ['the last but one when there are two', 2, '198.51.100.1'],
    ['the first when there are more proxies than addresses', 3, '198.51.100.1'],
    ['the last when only the sender is named', ['127.0.0.1'], '203.0.113.7'],
    ['the last that is not named', ['127.0.0.0/8', '203.0.113.0/24'], '198.51.100.1'],
  ])('believes %s', async (_title, trustedProxies, ip) => {
    const { body, strict } = await believed(trustedProxies);

    expect(body).toEqual({ ip, protocol: 'https', host: 'shop.example' });
    expect(strict).toBe('max-age=31536000');
  });
});

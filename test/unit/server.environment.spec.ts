import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../src/server.environment.js';

const trusted = (text?: string) => readEnvironment({ TRUST_PROXY: text }).trustedProxies;

describe('PORT', () => {
  it.each(['65536', '-1', '3000.5'])('may not be %s', (text) => {
    expect(() => readEnvironment({ PORT: text })).toThrow(
      `PORT must be a number between 0 and 65535, but it is "${text}".`,
    );
  });

  it.each([
    [undefined, 3000],
    ['65535', 65_535],
    ['0', 0],
  ])('may be %s', (text, port) => {
    expect(readEnvironment({ PORT: text }).port).toBe(port);
  });
});

describe('DYNAMO_METRICS_PORT', () => {
  it.each([
    ['nowhere, when nothing is said', {}, undefined],
    ['nowhere, whatever the host', { DYNAMO_METRICS_HOST: '0.0.0.0' }, undefined],
    ['this machine only, unless told', { DYNAMO_METRICS_PORT: '9464' }, { host: '127.0.0.1', port: 9464 }],
    [
      'others, where somebody says so',
      { DYNAMO_METRICS_PORT: '0', DYNAMO_METRICS_HOST: '::' },
      { host: '::', port: 0 },
    ],
  ])('opens metrics to %s', (_title, env, metrics) => {
    expect(readEnvironment(env).metrics).toEqual(metrics);
  });

  it('may not be a word', () => {
    expect(() => readEnvironment({ DYNAMO_METRICS_PORT: 'on' })).toThrow(
      'DYNAMO_METRICS_PORT must be a number between 0 and 65535, but it is "on".',
    );
  });
});

describe('DYNAMO_LOG_FORMAT', () => {
  it('is text, and may be json', () => {
    expect(readEnvironment({}).logFormat).toBe('text');
    expect(readEnvironment({ DYNAMO_LOG_FORMAT: 'json' }).logFormat).toBe('json');
  });

  it('may be nothing else', () => {
    expect(() => readEnvironment({ DYNAMO_LOG_FORMAT: 'pretty' })).toThrow(
      'DYNAMO_LOG_FORMAT must be text or json, but it is "pretty".',
    );
  });
});

describe('DYNAMO_LOG_LEVEL', () => {
  it.each([
    [{}, 'warn'],
    [{ DYNAMO_LOG_FORMAT: 'json' }, 'log'],
    [{ DYNAMO_LOG_FORMAT: 'json', LOG_LEVEL: 'error' }, 'error'],
    [{ DYNAMO_LOG_LEVEL: 'debug', LOG_LEVEL: 'error' }, 'debug'],
  ])('of %p ends with %s', (env, level) => {
    expect(readEnvironment(env).logLevels.at(-1)).toBe(level);
  });

  it('may be no other word', () => {
    expect(() => readEnvironment({ LOG_LEVEL: 'loud' })).toThrow(
      'DYNAMO_LOG_LEVEL must be one of fatal, error, warn, log, debug, verbose, but it is "loud".',
    );
  });
});

describe('DYNAMO_NODE_NAME', () => {
  it('is the host and the process, cut to what PostgreSQL keeps', () => {
    expect(readEnvironment({}).nodeName).toMatch(new RegExp(`^[\\w.-]{1,57}:${process.pid}$`));
  });

  it.each(['two words', 'x'.repeat(64), 'a"b', 'ä'])('may not be %s', (name) => {
    expect(() => readEnvironment({ DYNAMO_NODE_NAME: name })).toThrow(
      `DYNAMO_NODE_NAME must have between 1 and 63 letters, digits and . _ : @ -, but it is "${name}".`,
    );
  });
});

describe('TRUST_PROXY', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['0', 0],
    ['2', 2],
    ['10.0.0.5', ['10.0.0.5']],
    ['10.0.0.5, 10.1.0.0/16', ['10.0.0.5', '10.1.0.0/16']],
    ['::1,fd00::/8', ['::1', 'fd00::/8']],
  ])('may be %p', (text, proxies) => {
    expect(trusted(text)).toEqual(proxies);
  });

  it.each([
    ['everybody', 'true'],
    ['a word', 'yes'],
    ['a name', 'proxy.example'],
    ['a negative number', '-1'],
    ['a broken number', '1.5'],
    ['a number of proxies that nobody has', '1000'],
    ['a broken address', '10.0.0'],
    ['a block of everybody', '0.0.0.0/0'],
    ['a block that is too narrow', '10.0.0.0/33'],
    ['a block without a length', '10.0.0.0/'],
    ['a block with two lengths', '10.0.0.0/8/8'],
    ['a broken address beside a good one', '10.0.0.5,nobody'],
    ['an end that is missing', '10.0.0.5,'],
  ])('cannot be %s: %s', (_title, text) => {
    const message = `TRUST_PROXY must be the addresses of the proxies in front of the server (10.0.0.5,10.1.0.0/16) or their number, but it is "${text}".`;

    expect(() => trusted(text)).toThrow(expect.objectContaining({ code: 'invalid_environment', message }));
  });
});

describe('DYNAMO_REPLICA_URLS', () => {
  const urls = (text?: string) => readEnvironment({ DYNAMO_REPLICA_URLS: text }).replicaUrls;

  it('may be addresses', () => {
    expect(urls()).toEqual([]);
    expect(urls('postgres://a@one/shop, postgres://b:p%2Cw@two:5433/shop')).toEqual([
      'postgres://a@one/shop',
      'postgres://b:p%2Cw@two:5433/shop',
    ]);
  });

  it.each([
    ['two', 1],
    ['postgres://a@one/shop,', 2],
    ['postgres://a:secret@one/shop,secret@two', 2],
  ])('cannot be %s', (text, number) => {
    const message = `DYNAMO_REPLICA_URLS must be addresses such as postgres://user:password@10.0.0.6:5432/shop, separated by commas, but number ${number} is none; characters such as / or , in the password are written %2F and %2C.`;

    expect(() => urls(text)).toThrow(expect.objectContaining({ code: 'invalid_environment', message }));
  });
});

describe('DYNAMO_IDEMPOTENCY_KEY_LIFETIME', () => {
  it.each([
    [undefined, 86_400_000],
    ['0', 0],
    ['2592000000', 2_592_000_000],
  ])('may be %s', (text, lifetime) => {
    expect(readEnvironment({ DYNAMO_IDEMPOTENCY_KEY_LIFETIME: text }).idempotencyKeyLifetime).toBe(lifetime);
  });

  it.each(['-1', '1.5', 'a day', '2592000001'])('may not be %s', (text) => {
    expect(() => readEnvironment({ DYNAMO_IDEMPOTENCY_KEY_LIFETIME: text })).toThrow(
      `DYNAMO_IDEMPOTENCY_KEY_LIFETIME must be a number of milliseconds, at least 0 and at most 2592000000, but it is "${text}".`,
    );
  });
});

describe('DYNAMO_READ_TIMEOUT', () => {
  it('may not be longer than timers wait', () => {
    expect(() => readEnvironment({ DYNAMO_READ_TIMEOUT: '10000000' })).toThrow('at most 9999999');
  });
});

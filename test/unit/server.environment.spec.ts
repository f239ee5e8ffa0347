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

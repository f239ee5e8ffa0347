import { describe, expect, it } from '@jest/globals';
import { accountOf, addressOf } from '../../../../src/accounts/throttling/limited-request.js';

const account = (body: unknown) => accountOf({ body });
const address = (ip?: string) => addressOf({ ip });

describe('the account that a login is about', () => {
  it.each(['ada@example.org', 'ADA@Example.ORG', 'áda@example.org', 'a\u0301da@example.org', 'ａｄａ@example.org'])(
    'is the same however it is spelled: %s',
    (email) => {
      expect(account({ email })).toBe('ada@example.org');
    },
  );

  it.each(['ADMIN@x.org', 'ADMİN@x.org', 'admİn@x.org', 'adm\u0130n@x.org'])(
    'is the same for databases that know no dotted capital: %s',
    (email) => {
      expect(account({ email })).toBe('admin@x.org');
    },
  );

  it.each([
    ['no body', undefined],
    ['null', null],
    ['a text', 'ada@example.org'],
    ['a list', ['ada@example.org']],
    ['no email', { password: 'x' }],
    ['a list as email', { email: ['ada@example.org'] }],
    ['an object as email', { email: { $ne: null } }],
    ['an email that nobody can have', { email: `${'a'.repeat(254)}@x` }],
  ])('is none in %s', (_title, body) => {
    expect(account(body)).toBeUndefined();
  });
});

describe('the address that a request comes from', () => {
  it.each([
    ['an IPv4 address', '203.0.113.7', '203.0.113.7'],
    ['an IPv4 address in the form of IPv6', '::ffff:203.0.113.7', '::ffff:cb00:7107'],
    ['the /64 of an IPv6 address', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['the same /64, spelled otherwise', '2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['a /64 with zeros', '2001:db8::1', '2001:db8:0:0::/64'],
    ['a /64 of a link', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['this machine', '::1', '::1'],
    ['what a proxy makes of it', 'unknown', 'unknown'],
    ['unknown where the connection is gone', undefined, ''],
  ])('is %s', (_title, ip, counted) => {
    expect(address(ip)).toBe(counted);
  });
});

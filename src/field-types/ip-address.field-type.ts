import { castToIpAddress } from './casts/ip-address.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

export const ipAddress = {
  name: 'ip_address',
  djangoName: 'GenericIPAddressField',
  label: 'IP address',
  description: 'An IPv4 or IPv6 address.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'inet',
  // PostgreSQL has no scoped addresses such as fe80::1%eth0.
  jsonSchema: () => ({
    type: 'string',
    pattern: trustedPattern('^[0-9a-fA-F.:]+$'),
    // Not as «any of»: what generates clients would take the parts without a type for values of every kind.
    if: { pattern: trustedPattern(':') },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { format: 'ipv6' },
    else: { format: 'ipv4' },
  }),
  expects: () => 'an IP address such as 192.0.2.1 or 2001:db8::1',
  parse: String,
  select: (column) => `host(${column})`,
  values: 'ip_address',
  castFrom: castToIpAddress,
  widget: 'text',
} satisfies FieldType;

import { literal } from '../../definition/sql.js';
import { byKey, byKind, keepAll } from './cast-rule.js';

const BYTE = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = `${BYTE}(?:[.]${BYTE}){3}`;
const GROUP = '[0-9a-fA-F]{1,4}';

/** Addresses with `count` groups before `::`, which stands for at least one group of zeros. */
const shortened = (count: number): string => {
  const first = count === 0 ? ':' : `(?:${GROUP}:){${count}}`;
  const groups = `(?::${GROUP}){1,${7 - count}}`;
  return count > 5 ? `${first}(?:${groups}|:)` : `${first}(?:${groups}|(?::${GROUP}){0,${5 - count}}:${IPV4}|:)`;
};

const PATTERN = [
  IPV4,
  `(?:${GROUP}:){7}(?:${GROUP}|:)`,
  `(?:${GROUP}:){6}${IPV4}`,
  ...[0, 1, 2, 3, 4, 5, 6].map(shortened),
]
  .map((address) => `(?:${address})`)
  .join('|');

const fromText = () => ({
  using: (value: string) => `${value}::inet`,
  accepts: (value: string) => `${value} ~ ${literal(`^(?:${PATTERN})$`)}`,
});

/** To an IPv4 or IPv6 address without a network mask. */
export const castToIpAddress = byKind({ ip_address: keepAll, text: fromText, key: byKey({ text: fromText }) });

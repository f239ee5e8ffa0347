import { isIPv6 } from 'node:net';

/** The parts of a request that are counted by. */
export interface LimitedRequest {
  /** As the platform says: what a proxy says counts where the platform trusts it. */
  readonly ip?: string;
  readonly body?: unknown;
}

const LONGEST_EMAIL = 254;

/** The first four of the eight groups: the least that one customer has. */
const networkOf = (address: string): string => {
  // In the one spelling that every address has: small letters, no needless zeros.
  const spelled = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1);
  // This machine, and IPv4 addresses in the form of IPv6.
  if (spelled.startsWith('::')) return spelled;
  const [before = [], after = []] = spelled.split('::').map((groups) => groups.split(':'));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
};

/** Where a request comes from: an IPv4 address, or the /64 of an IPv6 address. */
export const addressOf = ({ ip = '' }: LimitedRequest): string => (isIPv6(ip) ? networkOf(ip) : ip);

/**
 * The email that a body signs in with; undefined for none. A database finds the same user by more than one spelling, and
 * each has its own rules, so capitals, accents and forms of letters make no difference here.
 */
export const accountOf = ({ body }: LimitedRequest): string | undefined => {
  const email: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'email') : undefined;
  if (typeof email !== 'string' || email.length > LONGEST_EMAIL) return undefined;
  return email.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
};

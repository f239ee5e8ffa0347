import type { WebRequest } from '../sessions/web-request.js';

/** So many in a time, counted from the first. */
export interface RateLimit {
  readonly limit: number;
  readonly seconds: number;
}

/** How often something may be done. Whoever does it more often waits as long again. */
export interface RateLimits {
  /** From one address; for IPv6 from one /64, which is what one customer has. */
  readonly loginsByAddress: RateLimit;
  /** With one email, whoever has it and wherever they are. */
  readonly loginsByAccount: RateLimit;
  /** By one caller, or from one address where nobody is known to ask. */
  readonly schemaChanges: RateLimit;
}

export const DEFAULT_RATE_LIMITS: RateLimits = {
  loginsByAddress: { limit: 10, seconds: 60 },
  loginsByAccount: { limit: 10, seconds: 300 },
  schemaChanges: { limit: 600, seconds: 60 },
};

/** Injection token of {@link RateLimits}. */
export const RATE_LIMITS = Symbol('DYNAMO_RATE_LIMITS');

/** Names whoever sends a request, the same for all their requests; null for nobody. */
export type CallerKey = (request: WebRequest) => Promise<string | null>;

/** Injection token of a {@link CallerKey}. */
export const CALLER_KEY = Symbol('DYNAMO_CALLER_KEY');

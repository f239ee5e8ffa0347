import type { RateLimits } from './throttling/rate-limits.js';

/** Who the first superuser is, before anybody is in the database. */
export interface FirstSuperuser {
  readonly email: string;
  readonly password: string;
}

/**
 * How accounts behave. Everything has a default.
 *
 * @example DynamoAccountsModule.forRoot({ adminKey: process.env.ADMIN_KEY });
 */
export interface DynamoAccountsOptions {
  /** A key of at least 32 characters that may do everything, for automation. It is not stored. Default none. */
  readonly adminKey?: string | undefined;
  /** Made at start when there is no superuser yet; an account that exists stays as it is. Default none. */
  readonly firstSuperuser?: FirstSuperuser | undefined;
  /** Where the API is mounted, as given to `DynamoModule`. Default `api`. */
  readonly routePrefix?: string;
  /**
   * How often people may sign in and change the schema. Default {@link DEFAULT_RATE_LIMITS}; beyond that the answer is
   * 429 for as long again.
   */
  readonly rateLimits?: Partial<RateLimits> | undefined;
  /** Address of the database for announcements, as given to `DynamoModule`. Default: the data source's. */
  readonly listenUrl?: string | undefined;
}

/** Injection token of the options. */
export const ACCOUNTS_OPTIONS = Symbol('DYNAMO_ACCOUNTS_OPTIONS');

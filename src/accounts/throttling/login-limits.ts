import { Inject, Injectable } from '@nestjs/common';
import { countWithin } from './count-within.js';
import { accountOf, addressOf, type LimitedRequest } from './limited-request.js';
import { PostgresThrottlerStorage } from './postgres-throttler.storage.js';
import { RATE_LIMITS, type RateLimits } from './rate-limits.js';

const accountKey = (account: string): string => `login-account ${account}`;

/** How often somebody may try to sign in. */
@Injectable()
export class LoginLimits {
  constructor(
    @Inject(RATE_LIMITS) private readonly limits: RateLimits,
    @Inject(PostgresThrottlerStorage) private readonly storage: PostgresThrottlerStorage,
  ) {}

  /**
   * Counts a login before anybody knows whether it is right. By address first: whoever is refused for that keeps nobody
   * else out of an account.
   *
   * @throws TooManyRequestsError
   */
  async count(request: LimitedRequest): Promise<void> {
    await countWithin(this.storage, `login-address ${addressOf(request)}`, this.limits.loginsByAddress);
    const account = accountOf(request);
    if (account !== undefined) await countWithin(this.storage, accountKey(account), this.limits.loginsByAccount);
  }

  /** Whoever has signed in was not guessing: the account is counted anew. The address is not: it may have an account too. */
  async forgive(request: LimitedRequest): Promise<void> {
    const account = accountOf(request);
    if (account !== undefined) await this.storage.forget(accountKey(account));
  }
}

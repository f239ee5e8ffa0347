import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { rightsOf } from '../../http/access.guard.js';
import type { WebRequest } from '../sessions/web-request.js';
import { countWithin } from './count-within.js';
import { addressOf } from './limited-request.js';
import { LoginLimits } from './login-limits.js';
import { PostgresThrottlerStorage } from './postgres-throttler.storage.js';
import { CALLER_KEY, type CallerKey, RATE_LIMITS, type RateLimits } from './rate-limits.js';

const LIMITED_BY = Symbol('dynamo:limited-by');

/** Which limits hold for a handler: those of logins count by address, and by the `email` of the body. */
export const LimitedBy = (limits: 'login') => SetMetadata(LIMITED_BY, limits);

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Counts logins and changes of the schema, and refuses what is too much. To be registered for the whole application:
 * handlers that are neither pass at once.
 *
 * How much is left is not said: it would tell how often others have tried the same account.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    @Inject(RATE_LIMITS) private readonly limits: RateLimits,
    @Inject(LoginLimits) private readonly logins: LoginLimits,
    @Inject(PostgresThrottlerStorage) private readonly storage: PostgresThrottlerStorage,
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(CALLER_KEY) private readonly callerKey: CallerKey,
  ) {}

  /** @throws TooManyRequestsError */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<WebRequest>();
    if (this.isLogin(context)) await this.logins.count(request);
    if (rightsOf(this.reflector, context) === 'schema' && !SAFE_METHODS.has(request.method)) {
      const caller = (await this.callerKey(request)) ?? `address ${addressOf(request)}`;
      await countWithin(this.storage, `schema ${caller}`, this.limits.schemaChanges);
    }
    return true;
  }

  private isLogin(context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride(LIMITED_BY, [context.getHandler(), context.getClass()]) === 'login';
  }
}

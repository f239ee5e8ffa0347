import { TooManyRequestsError } from '../../errors/request.error.js';
import type { PostgresThrottlerStorage } from './postgres-throttler.storage.js';
import type { RateLimit } from './rate-limits.js';

/** Counts one more of what the key stands for. @throws TooManyRequestsError when it is one too many */
export const countWithin = async (
  storage: PostgresThrottlerStorage,
  key: string,
  { limit, seconds }: RateLimit,
): Promise<void> => {
  const time = seconds * 1000;
  const { isBlocked, timeToBlockExpire } = await storage.increment(key, time, limit, time);
  if (isBlocked) throw new TooManyRequestsError(timeToBlockExpire);
};

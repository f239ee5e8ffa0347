import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { IdempotencyKeyUnsupportedError } from '../errors/idempotency.error.js';
import { hasIdempotencyKey, type WriteRequest } from './idempotency-key.js';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses an `Idempotency-Key` where it would have no effect: whoever sends one believes in it. */
@Injectable()
export class IdempotencyKeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<WriteRequest>();
    if (READS.has(request.method) || !hasIdempotencyKey(request)) return true;
    throw new IdempotencyKeyUnsupportedError();
  }
}

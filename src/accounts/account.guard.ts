import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessDeniedError, AuthenticationRequiredError } from '../errors/access.error.js';
import type { Author } from '../access/author.js';
import { Callers } from './identity/callers.js';
import type { Identity } from './identity/identity.js';
import type { WebRequest } from './sessions/web-request.js';

const OPEN_TO = Symbol('dynamo:open-to');

/**
 * Who may send a request: `strangers`, who are not asked who they are, `everybody`, people and keys that are known, or
 * superusers, which is what holds when nothing is said.
 */
export const OpenTo = (callers: 'strangers' | 'everybody' | 'users') => SetMetadata(OPEN_TO, callers);

const identities = new WeakMap<object, Identity>();

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<WebRequest>();

/** Who sends the request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const identity = identities.get(requestOf(context));
  if (identity === undefined) throw new Error('No AccountGuard has seen this request.');
  return identity;
});

/** The same with where from, for the audit. */
export const CallingAuthor = createParamDecorator((_: unknown, context: ExecutionContext): Author => {
  const request = requestOf(context);
  const { ip: address, id } = request;
  const identity = identities.get(request);
  const user = identity === undefined || identity.isAnonymous ? null : identity;
  return { user, origin: { address, requestId: typeof id === 'string' ? id : null } };
});

/** Stands at every controller of accounts. */
@Injectable()
export class AccountGuard implements CanActivate {
  constructor(
    @Inject(Callers) private readonly callers: Callers,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const openTo: unknown = this.reflector.getAllAndOverride(OPEN_TO, [context.getHandler(), context.getClass()]);
    if (openTo === 'strangers') return true;
    const request = requestOf(context);
    const identity = await this.callers.identify(request);
    identities.set(request, identity);
    if (openTo === 'everybody' || (openTo === 'users' && !identity.isAnonymous) || identity.isSuperuser) return true;
    const what = openTo === 'users' ? 'do this' : 'manage accounts';
    throw identity.isAnonymous ? new AuthenticationRequiredError(what) : new AccessDeniedError(what);
  }
}

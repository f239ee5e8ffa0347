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
import { AccessViews } from '../pipeline/access-views.js';
import { type Caller, callerOf, setCaller } from '../pipeline/caller.js';
import { wantedPositions, type PositionedRequest } from './write-position.js';

const DECIDED_BY = Symbol('dynamo:decided-by');

/** What decides about the routes of a controller: the right to models and fields, or the rights to each model's records. */
export const DecidedBy = (rights: 'schema' | 'records') => SetMetadata(DECIDED_BY, rights);

/** What has been said with {@link DecidedBy} of the controller that a request goes to; undefined of others. */
export const rightsOf = (reflector: Reflector, context: ExecutionContext): unknown =>
  reflector.getAllAndOverride(DECIDED_BY, [context.getHandler(), context.getClass()]);

const requestOf = (context: ExecutionContext) =>
  context.switchToHttp().getRequest<PositionedRequest & { readonly user?: unknown }>();

/** Whoever sends the request. */
export const SentBy = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(requestOf(context)),
);

/**
 * Asks the application's AccessPolicy. It stands at every controller of Dynamo and not before the whole application, so
 * that all global guards of the host, which know the user, have been asked before.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(AccessViews) private readonly accessViews: AccessViews,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rights = rightsOf(this.reflector, context);
    const request = requestOf(context);
    const caller = await this.accessViews.ofRequest(request);
    setCaller(request, { ...caller, freshness: { positions: wantedPositions(request) } });
    const { view } = caller;
    // The controllers of the models ask for each record and field themselves.
    if (view === undefined || rights === 'records') return rights !== undefined;
    if (rights === 'schema' && view.maySchema) return true;
    const what = 'see or change models';
    throw view.isKnownUser ? new AccessDeniedError(what) : new AuthenticationRequiredError(what);
  }
}

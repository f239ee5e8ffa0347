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
import type { AccessView } from '../pipeline/access-view.js';
import { AccessViews } from '../pipeline/access-views.js';

const DECIDED_BY = Symbol('dynamo:decided-by');

/** What decides about the routes of a controller: the right to models and fields, or the rights to each model's records. */
export const DecidedBy = (rights: 'schema' | 'records') => SetMetadata(DECIDED_BY, rights);

/** The view of each request under way; undefined is that of those who see everything. */
const views = new WeakMap<object, AccessView | undefined>();

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<{ readonly user?: unknown }>();

/** The models as whoever sends the request may see and change them. */
export const View = createParamDecorator((_: unknown, context: ExecutionContext): AccessView | undefined => {
  const request = requestOf(context);
  if (!views.has(request)) throw new Error('No AccessGuard has seen this request.');
  return views.get(request);
});

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
    const rights: unknown = this.reflector.getAllAndOverride(DECIDED_BY, [context.getHandler(), context.getClass()]);
    const request = requestOf(context);
    const view = await this.accessViews.ofRequest(request);
    views.set(request, view);
    // The controllers of the models ask for each record and field themselves.
    if (view === undefined || rights === 'records') return rights !== undefined;
    if (rights === 'schema' && view.maySchema) return true;
    const what = 'see or change models';
    throw view.user === null ? new AuthenticationRequiredError(what) : new AccessDeniedError(what);
  }
}

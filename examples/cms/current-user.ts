import { AsyncLocalStorage } from 'node:async_hooks';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import type { CmsRequest } from './token.guard.js';
import type { User } from './user.entity.js';

const users = new AsyncLocalStorage<User | undefined>();

/** Who sends the request under way, for receivers of signals, which are not handed the request. */
export const currentUser = (): User | undefined => users.getStore();

/** Interceptors come after guards, so the user is known here. */
@Injectable()
export class CurrentUserInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { user } = context.switchToHttp().getRequest<CmsRequest>();
    return new Observable((subscriber) => users.run(user, () => next.handle().subscribe(subscriber)));
  }
}

import { createParamDecorator, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Customer } from './shop.entities.js';

const requestOf = (context: ExecutionContext) =>
  context.switchToHttp().getRequest<{ readonly headers: { readonly authorization?: string }; user?: Customer }>();

/** Who sends the request, for handlers that need somebody. */
export const Buyer = createParamDecorator((_: unknown, context: ExecutionContext): Customer => {
  const { user } = requestOf(context);
  if (user === undefined) throw new UnauthorizedException('Sign in to buy something.');
  return user;
});

/** Finds out who sends a request. */
@Injectable()
export class ShopGuard {
  constructor(private readonly dataSource: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const token = request.headers.authorization?.replace(/^Bearer /, '');
    const user = token === undefined ? null : await this.dataSource.getRepository(Customer).findOneBy({ token });
    if (user !== null) request.user = user;
    return true;
  }
}

import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { User } from './user.entity.js';

export interface CmsRequest {
  readonly headers: { readonly authorization?: string };
  user?: User;
}

/** Finds out who sends a request. Readers send no token; what they may do is up to the access policy. */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<CmsRequest>();
    const token = request.headers.authorization?.replace(/^Bearer /, '');
    if (token === undefined) return true;
    const user = await this.users.findOneBy({ token });
    if (user === null) throw new UnauthorizedException('Nobody has this token.');
    request.user = user;
    return true;
  }
}

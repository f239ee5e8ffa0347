import { Inject, Injectable } from '@nestjs/common';
import type { AccessPolicy, AccessQuestion, Decision } from '../access/access-policy.js';
import { GrantNames } from './grants/grant-names.js';
import { Callers } from './identity/callers.js';
import type { Identity } from './identity/identity.js';
import type { WebRequest } from './sessions/web-request.js';

/**
 * Decides by the users, groups and permissions of the database.
 *
 * @example
 * const accounts = DynamoAccountsModule.forRoot();
 * DynamoModule.forRoot({ access: AccountsAccess, imports: [accounts] });
 */
@Injectable()
export class AccountsAccess implements AccessPolicy<Identity> {
  constructor(
    @Inject(Callers) private readonly callers: Callers,
    @Inject(GrantNames) private readonly names: GrantNames,
  ) {}

  async identify(request: unknown): Promise<Identity> {
    return this.callers.identify(request as WebRequest);
  }

  decide({ user, action, definition }: AccessQuestion<Identity>): Decision {
    return user !== null && user.decide(action, definition, this.names);
  }

  keyOf(user: Identity | null): string {
    return user?.rightsKey ?? 'nobody';
  }

  idOf({ user, key }: Identity): string | undefined {
    if (key !== null) return `key ${key.id ?? 'environment'}`;
    return user === null ? undefined : `user ${user.id}`;
  }

  isAnonymous(user: Identity | null): boolean {
    return user?.isAnonymous ?? true;
  }
}

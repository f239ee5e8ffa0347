import type { AccessAction, Decision } from '../../access/access-policy.js';
import type { ModelDefinition } from '../../definition/model-definition.js';
import { type Grant, isSameRight } from '../grants/grant.js';
import type { GrantNames } from '../grants/grant-names.js';
import type { Rights } from './rights.js';

/** A user as an identity knows it. */
export interface IdentityUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** The API key that a request was sent with. */
export interface IdentityKey {
  /** Null for the key of the server's environment, which is nowhere else. */
  readonly id: string | null;
  readonly name: string;
}

interface IdentityParts {
  /** Null for the key of the server's environment, too. */
  readonly user: IdentityUser | null;
  /** Null for somebody in a browser, too. */
  readonly key: IdentityKey | null;
  readonly isSuperuser: boolean;
  readonly rights: Rights;
  /** How long the session or key is good for, in milliseconds from now. Left out: for ever. */
  readonly remaining?: number;
}

/**
 * Who sends a request, and what they may do. Somebody who has not said who they are has neither user nor key.
 *
 * @example
 * signals.connect('post_save', ({ user, id }) => {
 *   if (user instanceof Identity) console.log(`${user.username} has saved ${id}.`);
 * });
 */
export class Identity {
  readonly user: IdentityUser | null;
  readonly key: IdentityKey | null;
  readonly rights: Rights;
  /** When the session or key is over, in milliseconds since 1970. */
  readonly validUntil: number;
  private readonly superuser: boolean;

  constructor({ user, key, isSuperuser, rights, remaining = Infinity }: IdentityParts) {
    this.validUntil = Date.now() + remaining;
    this.user = user;
    this.key = key;
    this.rights = rights;
    this.superuser = isSuperuser;
  }

  /** What everybody may do who has not said who they are. */
  static anonymous(rights: Rights): Identity {
    return new Identity({ user: null, key: null, isSuperuser: false, rights });
  }

  get isAnonymous(): boolean {
    return this.user === null && this.key === null;
  }

  /** Whether there is no limit; a key with permissions of its own is limited to them, whoever has it. */
  get isSuperuser(): boolean {
    return this.superuser && this.rights.scope === null;
  }

  get id(): string | null {
    return this.user?.id ?? null;
  }

  /** What logs and the journal call them. */
  get username(): string | null {
    return this.user?.email ?? this.key?.name ?? null;
  }

  /** The same for all requests of one person, in a browser or with any key; null for whoever has not said who they are. */
  get callerKey(): string | null {
    if (this.user !== null) return `user ${this.user.id}`;
    return this.key === null ? null : `key ${this.key.name}`;
  }

  /** All permissions, as far as the API key has not fewer. */
  get grants(): readonly Grant[] {
    const { grants, scope } = this.rights;
    if (scope === null) return grants;
    return this.superuser ? scope : grants.filter((grant) => scope.some((limit) => isSameRight(limit, grant)));
  }

  /** The same for everybody who may do the same. */
  get rightsKey(): string {
    return `${this.superuser ? 'superuser' : 'user'}:${this.rights.key}`;
  }

  decide(action: AccessAction, definition: ModelDefinition | null, names: GrantNames): Decision {
    if (!this.superuser) return this.rights.decide(action, definition, names);
    return this.rights.scope === null || this.rights.allowsWithinScope(action, definition);
  }
}

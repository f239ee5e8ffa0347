import type { Grant } from './grant.js';

/** A user as superusers see it. Times are in UTC. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly isSuperuser: boolean;
  /** Ids. */
  readonly groups: readonly string[];
  readonly permissions: readonly Grant[];
  readonly createdAt: string;
  readonly lastLoginAt: string | null;
}

/** Users that share permissions. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  /** It stands for everybody, also without signing in. */
  readonly isAnonymous: boolean;
  readonly userCount: number;
  readonly permissions: readonly Grant[];
}

/** With it, programs do what its user may. Times are in UTC. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly user: { readonly id: string; readonly email: string };
  /** Null: whatever its user may do. */
  readonly permissions: readonly Grant[] | null;
  readonly createdAt: string;
  /** Null: never. */
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** A key that was just made, the only time that it is shown itself. */
export interface NewApiKey extends ApiKey {
  readonly key: string;
}

/** What lists answer. */
export interface Listed<Item> {
  readonly data: readonly Item[];
}

/** What lists answer that come page by page. */
export interface PageOf<Item> extends Listed<Item> {
  readonly meta: { readonly totalItems: number; readonly currentPage: number; readonly totalPages: number };
}

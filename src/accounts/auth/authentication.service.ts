import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { InvalidCredentialsError } from '../../errors/account.error.js';
import { type AccountsChange, AccountsTransaction } from '../accounts-transaction.js';
import type { Author } from '../../access/author.js';
import { PasswordHasher } from '../credentials/password-hasher.js';
import { requireGoodPassword } from '../credentials/password-rules.js';
import { newSecret } from '../credentials/secret.js';
import { Identities } from '../identity/identities.js';
import type { Identity } from '../identity/identity.js';
import { type SessionOrigin, SessionStore } from '../sessions/session.store.js';
import { UserStore } from '../users/user.store.js';

/** A session that has just begun. */
export interface NewSession {
  readonly token: string;
  readonly identity: Identity;
  /** When it ends at the latest; ISO 8601, in UTC. */
  readonly expiresAt: string;
}

interface StoredUser {
  readonly id: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly passwordHash: string | null;
}

/** Signing in and out. */
@Injectable()
export class Authentication {
  private readonly pool: StatementRunner;
  private readonly users: string;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions,
    @Inject(AccountsTransaction) private readonly transaction: AccountsTransaction,
    @Inject(UserStore) private readonly store: UserStore,
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
    @Inject(Identities) private readonly identities: Identities,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
    this.users = `${quote(schema)}."user"`;
  }

  /**
   * Begins a session; the browser's old one ends. Whether the user does not exist, is disabled or has another
   * password: the answer and its time are the same.
   *
   * @param former token of the session that the browser has
   * @throws InvalidCredentialsError, TooManyLoginsError
   */
  async login(
    credentials: { readonly email: string; readonly password: string } | undefined,
    author: Author,
    origin: SessionOrigin,
    former: string | undefined,
  ): Promise<NewSession> {
    const { email = '', password = '' } = credentials ?? {};
    const user = await this.find('lower(email) = lower($1)', email);
    const isRight = await this.hasher.verify(user?.passwordHash ?? undefined, password);
    if (user === undefined || !user.isActive || !isRight) {
      // Only of users that there are: a password that was typed into the wrong place must not be kept here.
      const details = { user: user?.id ?? null };
      await this.transaction.run(author, ({ audit }) => audit({ action: 'login_failed', details }));
      throw new InvalidCredentialsError();
    }
    const isOutdated = user.passwordHash !== null && this.hasher.isOutdated(user.passwordHash);
    const rehashed = isOutdated ? await this.hasher.hash(password) : undefined;
    return this.open(user, author, origin, async ({ runner, audit }) => {
      await this.requireUnchanged(runner, user);
      if (former !== undefined) await this.sessions.end(runner, former);
      if (rehashed !== undefined) await this.store.update(runner, user.id, { passwordHash: rehashed });
      await audit({ action: 'login', user });
    });
  }

  async logout(token: string, author: Author): Promise<void> {
    await this.transaction.run(author, async ({ runner, audit }) => {
      if (await this.sessions.end(runner, token)) await audit({ action: 'logout' });
    });
  }

  /** Ends all sessions of a user. */
  async logoutEverywhere(user: string, author: Author): Promise<void> {
    await this.transaction.run(author, async ({ runner, audit }) => {
      const sessions = await this.sessions.endAll(runner, user);
      await audit({ action: 'logout_everywhere', details: { sessions } });
    });
  }

  /**
   * Gives a user another password, and a new session: all others end, and all API keys of the user are deleted.
   *
   * @throws InvalidCredentialsError, WeakPasswordError
   */
  async changePassword(
    user: { readonly id: string; readonly email: string },
    passwords: { readonly current: string; readonly next: string },
    author: Author,
    origin: SessionOrigin,
  ): Promise<NewSession> {
    const stored = await this.find('id = $1', user.id);
    const isRight = await this.hasher.verify(stored?.passwordHash ?? undefined, passwords.current);
    if (stored === undefined || !isRight) throw new InvalidCredentialsError();
    requireGoodPassword(passwords.next, user.email, 'newPassword');
    const passwordHash = await this.hasher.hash(passwords.next);
    return this.open(user, author, origin, async ({ runner, audit }) => {
      await this.requireUnchanged(runner, stored);
      await this.store.update(runner, user.id, { passwordHash });
      await this.store.endAccess(runner, user.id);
      await audit({ action: 'password_change' });
    });
  }

  /** Begins a session of a user, in one transaction with what comes before it. */
  async open(
    { id }: { readonly id: string },
    author: Author,
    origin: SessionOrigin,
    before: (change: AccountsChange) => Promise<void>,
  ): Promise<NewSession> {
    const token = newSecret();
    const expiresAt = await this.transaction.run(author, async (change) => {
      await before(change);
      await change.runner.rows(`UPDATE ${this.users} SET last_login_at = now() WHERE id = $1`, [id]);
      const expiry = await this.sessions.begin(change.runner, id, token, origin);
      return expiry;
    });
    const identity = await this.identities.ofSession(token);
    // Disabled at this very moment.
    if (identity === null) throw new InvalidCredentialsError();
    return { token, identity, expiresAt };
  }

  /** The password may have been changed while it was looked at. @throws InvalidCredentialsError */
  private async requireUnchanged(runner: StatementRunner, { id, passwordHash }: StoredUser): Promise<void> {
    const found = await runner.rows(
      `SELECT FROM ${this.users} WHERE id = $1 AND is_active AND password_hash IS NOT DISTINCT FROM $2 FOR UPDATE`,
      [id, passwordHash],
    );
    if (found.length === 0) throw new InvalidCredentialsError();
  }

  private async find(where: string, value: string): Promise<StoredUser | undefined> {
    const [user] = await this.pool.rows<StoredUser>(
      `SELECT id, email, is_active AS "isActive", password_hash AS "passwordHash" FROM ${this.users} WHERE ${where}`,
      [value],
    );
    return user;
  }
}

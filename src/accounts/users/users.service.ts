import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../../database/statement-runner.js';
import { DYNAMO_DATA_SOURCE } from '../../dynamo.constants.js';
import { AccountNameTakenError, LastSuperuserError, UserNotFoundError } from '../../errors/account.error.js';
import { type AccountsChange, AccountsTransaction } from '../accounts-transaction.js';
import { type Author, PROGRAM } from '../../access/author.js';
import { changedBetween } from '../audit/changed-between.js';
import { PasswordHasher } from '../credentials/password-hasher.js';
import { requireGoodPassword } from '../credentials/password-rules.js';
import { CreateUserDto, UpdateUserDto } from '../dto/user.dto.js';
import { GrantParser } from '../grants/grant.parser.js';
import { ALL_GRANTS } from '../grants/grant-limits.js';
import { GrantStore, type ShownGrant } from '../grants/grant.store.js';
import { GroupStore } from '../groups/group.store.js';
import { onUniqueViolation } from '../on-unique-violation.js';
import { type UserRow, UserStore } from './user.store.js';

/** A user as answers show it. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly isSuperuser: boolean;
  /** Ids. */
  readonly groups: readonly string[];
  readonly permissions: readonly ShownGrant[];
  /** ISO 8601, in UTC. */
  readonly createdAt: string;
  readonly lastLoginAt: string | null;
}

/** Which users, and which page of them. */
export interface UserFilter {
  /** Part of the email. */
  readonly email?: string | undefined;
  /** From 1. */
  readonly page?: number;
  readonly limit?: number;
}

/**
 * The users. Each method is one transaction, with its rows in the audit; users go by id or email.
 *
 * @example
 * await accounts.users.create({ email: 'ada@example.com', password: 'four unrelated words', groups: ['editors'] });
 */
@Injectable()
export class Users {
  private readonly pool: StatementRunner;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(AccountsTransaction) private readonly transaction: AccountsTransaction,
    @Inject(UserStore) private readonly store: UserStore,
    @Inject(GroupStore) private readonly groups: GroupStore,
    @Inject(GrantParser) private readonly parser: GrantParser,
    @Inject(GrantStore) private readonly grants: GrantStore,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
  }

  /** Users by email, one page of them, and how many there are. */
  async list({ email, page = 1, limit = 100 }: UserFilter = {}): Promise<{
    readonly users: readonly User[];
    readonly total: number;
  }> {
    const { rows, total } = await this.store.list(this.pool, { ...(email !== undefined && { email }), page, limit });
    return { users: rows.map((row) => this.show(row)), total };
  }

  /** @throws UserNotFoundError */
  async get(user: string): Promise<User> {
    return this.show(await this.find(this.pool, user));
  }

  /** @throws InvalidDefinitionError, WeakPasswordError, AccountNameTakenError, BuiltInGroupError */
  async create(values: CreateUserDto, author: Author = PROGRAM): Promise<User> {
    const passwordHash = await this.hashOf(values.password, values.email);
    return this.transaction.run(author, async (change) => {
      const id = await onUniqueViolation(
        () => this.store.insert(change.runner, { ...values, passwordHash }),
        () => new AccountNameTakenError('email', values.email),
      );
      await this.setRights(change, id, values);
      const user = this.show(await this.find(change.runner, id));
      await change.audit({ action: 'user_create', details: { user: id, after: user } });
      return user;
    });
  }

  /**
   * Changes a user. A new password, or the end of being active, ends all sessions and deletes all keys of the user.
   *
   * @throws UserNotFoundError, LastSuperuserError, and what {@link create} throws
   */
  async update(user: string, values: UpdateUserDto, author: Author = PROGRAM): Promise<User> {
    const { email } = await this.get(user);
    const passwordHash = await this.hashOf(values.password, values.email ?? email);
    return this.transaction.run(author, async (change) => {
      const { runner } = change;
      const before = await this.lock(runner, user);
      await onUniqueViolation(
        () => this.store.update(runner, before.id, { ...values, passwordHash }),
        () => new AccountNameTakenError('email', values.email ?? email),
      );
      await this.setRights(change, before.id, values);
      if (passwordHash !== undefined || values.isActive === false) await this.store.endAccess(runner, before.id);
      const after = this.show(await this.find(runner, before.id));
      if (isLeader(before) && !isLeader(after)) await this.requireLeader(runner);
      const details = { user: before.id, ...changedBetween(this.show(before), after) };
      await change.audit({ action: 'user_update', details: passwordHash ? { ...details, password: true } : details });
      return after;
    });
  }

  /** @throws UserNotFoundError, LastSuperuserError */
  async delete(user: string, author: Author = PROGRAM): Promise<void> {
    await this.transaction.run(author, async ({ runner, audit }) => {
      const before = await this.lock(runner, user);
      await this.store.delete(runner, before.id);
      if (isLeader(before)) await this.requireLeader(runner);
      await audit({ action: 'user_delete', details: { user: before.id, before: this.show(before) } });
    });
  }

  private async setRights(
    { runner }: AccountsChange,
    id: string,
    { groups, permissions }: UpdateUserDto,
  ): Promise<void> {
    if (groups !== undefined) await this.store.setGroups(runner, id, await this.groups.idsOf(runner, groups));
    if (permissions === undefined) return;
    await this.grants.replace(runner, 'user', id, await this.parser.parse(permissions, ALL_GRANTS));
  }

  private async hashOf(password: string | undefined, email: string): Promise<string | undefined> {
    if (password === undefined) return undefined;
    requireGoodPassword(password, email, 'password');
    return this.hasher.hash(password);
  }

  /** Superusers first: two who would take away each other's rights wait for each other here. */
  private async lock(runner: StatementRunner, user: string): Promise<UserRow> {
    await this.store.lockSuperusers(runner);
    return this.find(runner, user);
  }

  /** @throws LastSuperuserError */
  private async requireLeader(runner: StatementRunner): Promise<void> {
    if ((await this.store.lockSuperusers(runner)).length === 0) throw new LastSuperuserError();
  }

  private async find(runner: StatementRunner, user: string): Promise<UserRow> {
    const row = await this.store.find(runner, user);
    if (row === undefined) throw new UserNotFoundError(user);
    return row;
  }

  private show({ grants, ...row }: UserRow): User {
    return { ...row, permissions: grants.map((grant) => this.grants.show(grant)) };
  }
}

const isLeader = ({ isActive, isSuperuser }: { readonly isActive: boolean; readonly isSuperuser: boolean }): boolean =>
  isActive && isSuperuser;

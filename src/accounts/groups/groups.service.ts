import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../../database/statement-runner.js';
import { DYNAMO_DATA_SOURCE } from '../../dynamo.constants.js';
import { AccountNameTakenError, BuiltInGroupError } from '../../errors/account.error.js';
import { AccountsTransaction } from '../accounts-transaction.js';
import { type Author, PROGRAM } from '../../access/author.js';
import { changedBetween } from '../audit/changed-between.js';
import type { CreateGroupDto, UpdateGroupDto } from '../dto/group.dto.js';
import { ALL_GRANTS, ANONYMOUS_GRANTS } from '../grants/grant-limits.js';
import { GrantParser } from '../grants/grant.parser.js';
import { GrantStore, type ShownGrant } from '../grants/grant.store.js';
import { onUniqueViolation } from '../on-unique-violation.js';
import { type GroupRow, GroupStore } from './group.store.js';

/** A group as answers show it. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  /** Whether it stands for everybody, also without signing in. */
  readonly isAnonymous: boolean;
  readonly userCount: number;
  readonly permissions: readonly ShownGrant[];
}

/**
 * The groups. Each method is one transaction, with its rows in the audit; groups go by id or name.
 *
 * @example
 * await accounts.groups.update('anonymous', { isActive: true, permissions: [{ model: 'cms.Article', action: 'view' }] });
 */
@Injectable()
export class Groups {
  private readonly pool: StatementRunner;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(AccountsTransaction) private readonly transaction: AccountsTransaction,
    @Inject(GroupStore) private readonly store: GroupStore,
    @Inject(GrantParser) private readonly parser: GrantParser,
    @Inject(GrantStore) private readonly grants: GrantStore,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
  }

  /** All groups by name, after the one that stands for everybody. */
  async list(): Promise<readonly Group[]> {
    return (await this.store.list(this.pool)).map((row) => this.show(row));
  }

  /** @throws GroupNotFoundError */
  async get(group: string): Promise<Group> {
    return this.show(await this.store.find(this.pool, group));
  }

  /** @throws InvalidDefinitionError, AccountNameTakenError */
  async create(values: CreateGroupDto, author: Author = PROGRAM): Promise<Group> {
    return this.transaction.run(author, async ({ runner, audit }) => {
      const id = await onUniqueViolation(
        () => this.store.insert(runner, values),
        () => new AccountNameTakenError('name', values.name),
      );
      await this.setPermissions(runner, id, values, false);
      const group = this.show(await this.store.find(runner, id));
      await audit({ action: 'group_create', details: { group: id, after: group } });
      return group;
    });
  }

  /** @throws GroupNotFoundError, BuiltInGroupError, InvalidDefinitionError, AccountNameTakenError */
  async update(group: string, values: UpdateGroupDto, author: Author = PROGRAM): Promise<Group> {
    return this.transaction.run(author, async ({ runner, audit }) => {
      const before = await this.store.find(runner, group);
      const { name = before.name } = values;
      if (before.isAnonymous && name !== before.name) throw new BuiltInGroupError('it keeps its name');
      await onUniqueViolation(
        () => this.store.update(runner, before.id, values),
        () => new AccountNameTakenError('name', name),
      );
      await this.setPermissions(runner, before.id, values, before.isAnonymous);
      const after = this.show(await this.store.find(runner, before.id));
      await audit({
        action: 'group_update',
        details: { group: before.id, ...changedBetween(this.show(before), after) },
      });
      return after;
    });
  }

  /** @throws GroupNotFoundError, BuiltInGroupError */
  async delete(group: string, author: Author = PROGRAM): Promise<void> {
    await this.transaction.run(author, async ({ runner, audit }) => {
      const before = await this.store.find(runner, group);
      if (before.isAnonymous) throw new BuiltInGroupError('it cannot be deleted. Switch it off instead');
      await this.store.delete(runner, before.id);
      await audit({ action: 'group_delete', details: { group: before.id, before: this.show(before) } });
    });
  }

  private async setPermissions(
    runner: StatementRunner,
    id: string,
    { permissions }: UpdateGroupDto,
    isAnonymous: boolean,
  ): Promise<void> {
    if (permissions === undefined) return;
    const grants = await this.parser.parse(permissions, isAnonymous ? ANONYMOUS_GRANTS : ALL_GRANTS);
    await this.grants.replace(runner, 'group', id, grants);
  }

  private show({ grants, ...row }: GroupRow): Group {
    return { ...row, permissions: grants.map((grant) => this.grants.show(grant)) };
  }
}

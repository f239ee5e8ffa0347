import { Inject, Injectable } from '@nestjs/common';
import type { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { BuiltInGroupError, GroupNotFoundError } from '../../errors/account.error.js';
import { InvalidDefinitionError } from '../../errors/definition.error.js';
import type { Grant } from '../grants/grant.js';
import { GrantStore } from '../grants/grant.store.js';

/** A group as the database has it. */
export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly isAnonymous: boolean;
  readonly userCount: number;
  readonly grants: readonly Grant[];
}

/** What a group has besides an id; what is undefined stays as it is. */
export interface GroupValues {
  readonly name?: string | undefined;
  readonly isActive?: boolean | undefined;
}

/** The statements about groups. */
@Injectable()
export class GroupStore {
  private readonly groups: string;
  private readonly select: string;

  constructor(@Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions, @Inject(GrantStore) grants: GrantStore) {
    this.groups = `${quote(schema)}."group"`;
    this.select = `SELECT g.id, g.name, g.is_active AS "isActive", g.is_anonymous AS "isAnonymous",
      (SELECT count(*)::int FROM ${quote(schema)}.user_group ug WHERE ug.group_id = g.id) AS "userCount",
      ${grants.listOf('group', 'g.id')} AS grants FROM ${this.groups} g`;
  }

  /** By id or name. @throws GroupNotFoundError */
  async find(runner: StatementRunner, group: string): Promise<GroupRow> {
    if (group.includes('\0')) throw new GroupNotFoundError(group);
    const where = 'WHERE g.id::text = lower($1) OR lower(g.name) = lower($1)';
    const [row] = await runner.rows<GroupRow>(`${this.select} ${where}`, [group]);
    if (row === undefined) throw new GroupNotFoundError(group);
    return row;
  }

  async list(runner: StatementRunner): Promise<readonly GroupRow[]> {
    return runner.rows<GroupRow>(`${this.select} ORDER BY g.is_anonymous DESC, lower(g.name)`);
  }

  /** @returns the id */
  async insert(runner: StatementRunner, { name, isActive = true }: GroupValues): Promise<string> {
    const [row] = await runner.rows<{ id: string }>(
      `INSERT INTO ${this.groups} (name, is_active) VALUES ($1, $2) RETURNING id`,
      [name, isActive],
    );
    return row?.id ?? '';
  }

  async update(runner: StatementRunner, id: string, { name, isActive }: GroupValues): Promise<void> {
    await runner.rows(
      `UPDATE ${this.groups} SET name = coalesce($2, name), is_active = coalesce($3, is_active) WHERE id = $1`,
      [id, name, isActive],
    );
  }

  async delete(runner: StatementRunner, id: string): Promise<void> {
    await runner.rows(`DELETE FROM ${this.groups} WHERE id = $1`, [id]);
  }

  /** Ids of groups that may have members. @param groups ids or names @throws InvalidDefinitionError, BuiltInGroupError */
  async idsOf(runner: StatementRunner, groups: readonly string[]): Promise<readonly string[]> {
    const ids = new Set<string>();
    for (const [position, group] of groups.entries()) {
      const { id, isAnonymous } = await this.named(runner, group, `groups.${position}`);
      if (isAnonymous) throw new BuiltInGroupError('it has no members');
      ids.add(id);
    }
    return [...ids];
  }

  private async named(runner: StatementRunner, group: string, path: string): Promise<GroupRow> {
    try {
      return await this.find(runner, group);
    } catch (error) {
      if (!(error instanceof GroupNotFoundError)) throw error;
      throw new InvalidDefinitionError([{ path, code: 'unknown_group', message: error.message }]);
    }
  }
}

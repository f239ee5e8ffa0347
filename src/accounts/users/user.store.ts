import { Inject, Injectable } from '@nestjs/common';
import type { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import type { Grant } from '../grants/grant.js';
import { GrantStore } from '../grants/grant.store.js';

/** A user as the database has it. */
export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly isSuperuser: boolean;
  /** Ids. */
  readonly groups: readonly string[];
  readonly grants: readonly Grant[];
  readonly createdAt: string;
  readonly lastLoginAt: string | null;
}

/** What a user has besides an id; what is undefined stays as it is. */
export interface UserValues {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly isSuperuser?: boolean | undefined;
  readonly passwordHash?: string | undefined;
}

/** ISO 8601 in UTC. @param column SQL */
export const timestamp = (column: string): string => `to_json(${column} AT TIME ZONE 'UTC') #>> '{}' || 'Z'`;

/** The statements about users. */
@Injectable()
export class UserStore {
  private readonly users: string;
  private readonly select: string;
  private readonly schema: string;

  constructor(@Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions, @Inject(GrantStore) grants: GrantStore) {
    this.schema = quote(schema);
    this.users = `${this.schema}."user"`;
    this.select = `SELECT u.id, u.email, u.name, u.is_active AS "isActive", u.is_superuser AS "isSuperuser",
      ARRAY(SELECT ug.group_id FROM ${this.schema}.user_group ug JOIN ${this.schema}."group" g ON g.id = ug.group_id
        WHERE ug.user_id = u.id ORDER BY g.name)::text[] AS groups,
      ${grants.listOf('user', 'u.id')} AS grants, ${timestamp('u.created_at')} AS "createdAt",
      ${timestamp('u.last_login_at')} AS "lastLoginAt" FROM ${this.users} u`;
  }

  /** By id or email. */
  async find(runner: StatementRunner, user: string): Promise<UserRow | undefined> {
    if (user.includes('\0')) return undefined;
    const [row] = await runner.rows<UserRow>(
      `${this.select} WHERE u.id::text = lower($1) OR lower(u.email) = lower($1)`,
      [user],
    );
    return row;
  }

  /** A page of those whose email contains the text, and how many there are. @param page from 1 */
  async list(
    runner: StatementRunner,
    { email = null, page, limit }: { readonly email?: string | null; readonly page: number; readonly limit: number },
  ): Promise<{ readonly rows: readonly UserRow[]; readonly total: number }> {
    const where = 'WHERE $1::text IS NULL OR strpos(lower(u.email), lower($1)) > 0';
    const values = [email, limit, (page - 1) * limit];
    const rows = await runner.rows<UserRow>(
      `${this.select} ${where} ORDER BY lower(u.email) LIMIT $2 OFFSET $3`,
      values,
    );
    const [counted] = await runner.rows<{ total: number }>(
      `SELECT count(*)::int AS total FROM ${this.users} u ${where}`,
      [email],
    );
    return { rows, total: counted?.total ?? 0 };
  }

  /** @returns the id */
  async insert(runner: StatementRunner, values: UserValues): Promise<string> {
    const { email, name = '', isActive = true, isSuperuser = false, passwordHash = null } = values;
    const [row] = await runner.rows<{ id: string }>(
      `INSERT INTO ${this.users} (email, name, is_active, is_superuser, password_hash) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
      [email, name, isActive, isSuperuser, passwordHash],
    );
    return row?.id ?? '';
  }

  async update(runner: StatementRunner, id: string, values: UserValues): Promise<void> {
    const { email, name, isActive, isSuperuser, passwordHash } = values;
    await runner.rows(
      `UPDATE ${this.users} SET email = coalesce($2, email), name = coalesce($3, name), is_active = coalesce($4, is_active),
          is_superuser = coalesce($5, is_superuser), password_hash = coalesce($6, password_hash) WHERE id = $1`,
      [id, email, name, isActive, isSuperuser, passwordHash],
    );
  }

  async delete(runner: StatementRunner, id: string): Promise<void> {
    await runner.rows(`DELETE FROM ${this.users} WHERE id = $1`, [id]);
  }

  /** Ids of the superusers who can sign in, whom nobody else changes until the end of the transaction. */
  async lockSuperusers(runner: StatementRunner): Promise<readonly string[]> {
    const rows = await runner.rows<{ id: string }>(
      `SELECT id FROM ${this.users} WHERE is_superuser AND is_active ORDER BY id FOR UPDATE`,
    );
    return rows.map(({ id }) => id);
  }

  /** Ends all sessions and deletes all keys of a user. */
  async endAccess(runner: StatementRunner, id: string): Promise<void> {
    await runner.rows(
      `WITH sessions AS (DELETE FROM ${this.schema}.session WHERE user_id = $1)
        DELETE FROM ${this.schema}.api_key WHERE user_id = $1`,
      [id],
    );
  }

  /** Makes these the user's groups. @param groups ids */
  async setGroups(runner: StatementRunner, id: string, groups: readonly string[]): Promise<void> {
    await runner.rows(
      `WITH gone AS (DELETE FROM ${this.schema}.user_group WHERE user_id = $1 AND NOT group_id = ANY($2))
        INSERT INTO ${this.schema}.user_group (user_id, group_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING`,
      [id, groups],
    );
  }
}

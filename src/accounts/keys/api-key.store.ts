import { Inject, Injectable } from '@nestjs/common';
import type { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import type { Grant } from '../grants/grant.js';
import { GrantStore } from '../grants/grant.store.js';
import { timestamp } from '../users/user.store.js';

/** An API key as the database has it; the key itself is nowhere. */
export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** The first characters, by which people know it. */
  readonly prefix: string;
  readonly user: { readonly id: string; readonly email: string };
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  /** Null where the key may do whatever its user may. */
  readonly grants: readonly Grant[] | null;
}

/** A key that is to be written. */
export interface NewApiKey {
  readonly user: string;
  readonly name: string;
  readonly prefix: string;
  readonly tokenHash: Buffer;
  readonly isLimited: boolean;
  /** ISO 8601; null for never. */
  readonly expiresAt: string | null;
}

/** The statements about API keys. */
@Injectable()
export class ApiKeyStore {
  private readonly keys: string;
  private readonly select: string;

  constructor(@Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions, @Inject(GrantStore) grants: GrantStore) {
    this.keys = `${quote(schema)}.api_key`;
    this.select = `SELECT k.id, k.name, k.prefix, json_build_object('id', u.id, 'email', u.email) AS "user",
      ${timestamp('k.created_at')} AS "createdAt", ${timestamp('k.expires_at')} AS "expiresAt",
      ${timestamp('k.last_used_at')} AS "lastUsedAt",
      CASE WHEN k.is_limited THEN ${grants.listOf('api_key', 'k.id')} END AS grants
      FROM ${this.keys} k JOIN ${quote(schema)}."user" u ON u.id = k.user_id`;
  }

  /** Newest first. @param user id; undefined for everybody's */
  async list(runner: StatementRunner, user?: string): Promise<readonly ApiKeyRow[]> {
    const where = 'WHERE $1::uuid IS NULL OR k.user_id = $1';
    return runner.rows<ApiKeyRow>(`${this.select} ${where} ORDER BY k.created_at DESC, k.id`, [user ?? null]);
  }

  async find(runner: StatementRunner, id: string): Promise<ApiKeyRow | undefined> {
    if (id.includes('\0')) return undefined;
    const [row] = await runner.rows<ApiKeyRow>(`${this.select} WHERE k.id::text = lower($1)`, [id]);
    return row;
  }

  /** @returns the id */
  async insert(
    runner: StatementRunner,
    { user, name, prefix, tokenHash, isLimited, expiresAt }: NewApiKey,
  ): Promise<string> {
    const [row] = await runner.rows<{ id: string }>(
      `INSERT INTO ${this.keys} (user_id, name, prefix, token_hash, is_limited, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
        RETURNING id`,
      [user, name, prefix, tokenHash, isLimited, expiresAt],
    );
    return row?.id ?? '';
  }

  async delete(runner: StatementRunner, id: string): Promise<void> {
    await runner.rows(`DELETE FROM ${this.keys} WHERE id = $1`, [id]);
  }
}

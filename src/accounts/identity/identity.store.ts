import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { hashOfSecret } from '../credentials/secret.js';
import type { Grant } from '../grants/grant.js';
import { IDLE_HOURS } from '../sessions/session-lifetime.js';
import { Identity } from './identity.js';
import { Rights } from './rights.js';

interface IdentityRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isSuperuser: boolean;
  readonly keyId: string | null;
  readonly keyName: string | null;
  readonly grants: readonly Grant[];
  readonly scope: readonly Grant[] | null;
  /** Milliseconds; null for ever. */
  readonly remaining: number | null;
}

/** How often it is written that a session or key is in use: every minute, so that most requests only read. */
const USED_AGAIN = `interval '1 minute'`;

/** From now until then. @param moment SQL */
const milliseconds = (moment: string): string => `extract(epoch FROM ${moment} - now())::float8 * 1000`;

const LIST_OF_GRANTS = `coalesce(
  json_agg(json_build_object('action', p.action, 'modelId', p.model_id, 'fields', p.fields, 'rule', p.rule) ORDER BY p.id), '[]')`;

/** Reads who a secret belongs to, with everything that they may do, in one statement. */
@Injectable()
export class IdentityStore {
  private readonly runner: StatementRunner;
  private readonly schema: string;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions,
  ) {
    this.runner = StatementRunner.onPool(dataSource);
    this.schema = quote(schema);
  }

  /** Null when the session is over, or its user is disabled. */
  async ofSession(token: string): Promise<Identity | null> {
    const { schema } = this;
    const [row] = await this.runner.rows<IdentityRow>(
      `WITH used AS (
          UPDATE ${schema}.session SET last_seen_at = now()
          WHERE token_hash = $1 AND last_seen_at < now() - ${USED_AGAIN} AND last_seen_at > now() - interval '${IDLE_HOURS} hours')
        SELECT u.id, u.email, u.name, u.is_superuser AS "isSuperuser", NULL AS "keyId", NULL AS "keyName",
          ${this.grantsOf('u.id')} AS grants, NULL AS scope,
          ${milliseconds(`least(s.expires_at, s.last_seen_at + interval '${IDLE_HOURS} hours')`)} AS remaining
        FROM ${schema}.session s JOIN ${schema}."user" u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND u.is_active AND s.expires_at > now() AND s.last_seen_at > now() - interval '${IDLE_HOURS} hours'`,
      [hashOfSecret(token)],
    );
    return row === undefined ? null : toIdentity(row);
  }

  /** Null when there is no such key, or it has expired, or its user is disabled. */
  async ofKey(key: string): Promise<Identity | null> {
    const { schema } = this;
    const [row] = await this.runner.rows<IdentityRow>(
      `WITH used AS (
          UPDATE ${schema}.api_key SET last_used_at = now()
          WHERE token_hash = $1 AND (last_used_at IS NULL OR last_used_at < now() - ${USED_AGAIN})
            AND (expires_at IS NULL OR expires_at > now()))
        SELECT u.id, u.email, u.name, u.is_superuser AS "isSuperuser", k.id AS "keyId", k.name AS "keyName",
          ${this.grantsOf('u.id')} AS grants,
          CASE WHEN k.is_limited THEN (SELECT ${LIST_OF_GRANTS} FROM ${schema}.permission p WHERE p.api_key_id = k.id) END AS scope,
          ${milliseconds('k.expires_at')} AS remaining
        FROM ${schema}.api_key k JOIN ${schema}."user" u ON u.id = k.user_id
        WHERE k.token_hash = $1 AND u.is_active AND (k.expires_at IS NULL OR k.expires_at > now())`,
      [hashOfSecret(key)],
    );
    return row === undefined ? null : toIdentity(row);
  }

  /** What everybody may do who is not known. */
  async anonymous(): Promise<Identity> {
    const [row] = await this.runner.rows<{ grants: readonly Grant[] }>(`SELECT ${this.grantsOf('NULL')} AS grants`);
    return Identity.anonymous(new Rights(row?.grants ?? [], null));
  }

  /** Everybody's permissions are those of people who sign in, too: to sign in takes nothing away. */
  private grantsOf(userId: string): string {
    const { schema } = this;
    return `(SELECT ${LIST_OF_GRANTS} FROM ${schema}.permission p
      WHERE p.user_id = ${userId} OR p.group_id IN (
        SELECT g.id FROM ${schema}."group" g LEFT JOIN ${schema}.user_group ug ON ug.group_id = g.id AND ug.user_id = ${userId}
        WHERE g.is_active AND (g.is_anonymous OR ug.user_id IS NOT NULL)))`;
  }
}

const toIdentity = ({
  id,
  email,
  name,
  isSuperuser,
  keyId,
  keyName,
  grants,
  scope,
  remaining,
}: IdentityRow): Identity =>
  new Identity({
    user: { id, email, name },
    key: keyId === null ? null : { id: keyId, name: keyName ?? '' },
    isSuperuser,
    rights: new Rights(grants, { id, email }, scope),
    ...(remaining !== null && { remaining }),
  });

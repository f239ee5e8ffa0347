import { Inject, Injectable } from '@nestjs/common';
import type { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { hashOfSecret } from '../credentials/secret.js';
import { timestamp } from '../users/user.store.js';
import { ABSOLUTE_DAYS, IDLE_HOURS } from './session-lifetime.js';

/** A browser's name for itself may be as long as it likes. */
const LONGEST_USER_AGENT = 300;

/** Where a session comes from. */
export interface SessionOrigin {
  readonly address: string | null;
  readonly userAgent: string | undefined;
}

/** The statements about sessions. Tokens are never stored, so that nobody who reads the database can sign in. */
@Injectable()
export class SessionStore {
  private readonly sessions: string;

  constructor(@Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions) {
    this.sessions = `${quote(schema)}.session`;
  }

  /** Begins a session, and forgets those that are over. @returns when it ends at the latest, ISO 8601 */
  async begin(
    runner: StatementRunner,
    user: string,
    token: string,
    { address, userAgent }: SessionOrigin,
  ): Promise<string> {
    await runner.rows(
      `DELETE FROM ${this.sessions} WHERE expires_at < now() OR last_seen_at < now() - interval '${IDLE_HOURS} hours'`,
    );
    const [row] = await runner.rows<{ expiresAt: string }>(
      `INSERT INTO ${this.sessions} (token_hash, user_id, expires_at, address, user_agent)
        VALUES ($1, $2, now() + interval '${ABSOLUTE_DAYS} days', $3, $4) RETURNING ${timestamp('expires_at')} AS "expiresAt"`,
      [hashOfSecret(token), user, address, userAgent?.slice(0, LONGEST_USER_AGENT) ?? null],
    );
    return row?.expiresAt ?? '';
  }

  /** @returns whether there was such a session */
  async end(runner: StatementRunner, token: string): Promise<boolean> {
    const rows = await runner.rows(`DELETE FROM ${this.sessions} WHERE token_hash = $1 RETURNING user_id`, [
      hashOfSecret(token),
    ]);
    return rows.length > 0;
  }

  /** All sessions of a user. @returns how many there were */
  async endAll(runner: StatementRunner, user: string): Promise<number> {
    return (await runner.rows(`DELETE FROM ${this.sessions} WHERE user_id = $1 RETURNING user_id`, [user])).length;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Author } from '../../access/author.js';
import type { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { Identity } from '../identity/identity.js';

/** Something that was done. */
export interface AuditEntry {
  /** Such as `login`, `user_update`, `record_change`. */
  readonly action: string;
  readonly modelId?: string;
  readonly recordId?: string;
  /** Who does it, where that is known only now. */
  readonly user?: { readonly id: string; readonly email: string };
  /** Never a secret: whoever reads the audit need not know how others sign in. */
  readonly details?: object;
}

/** Writes what was done, in the transaction in which it is done: both or neither. */
@Injectable()
export class AuditLog {
  private readonly table: string;

  constructor(@Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions) {
    this.table = `${quote(schema)}.audit`;
  }

  async write(runner: StatementRunner, { user, origin }: Author, entry: AuditEntry): Promise<void> {
    const identity = entry.user ?? (user instanceof Identity ? user : undefined);
    const name = identity instanceof Identity ? identity.username : identity?.email;
    const { action, modelId = null, recordId = null, details = {} } = entry;
    await runner.rows(
      `INSERT INTO ${this.table} (action, user_id, "by", address, request_id, model_id, record_id, details)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        action,
        identity?.id ?? null,
        name ?? null,
        origin?.address ?? null,
        origin?.requestId ?? null,
        modelId,
        recordId,
        JSON.stringify(details),
      ],
    );
  }
}

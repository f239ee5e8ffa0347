import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import { timestamp } from '../users/user.store.js';

/** Something that was done, as answers show it. */
export interface AuditRow {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly action: string;
  /** Null for programs, and for people who have not said who they are. The id is null for the key of the environment. */
  readonly by: { readonly id: string | null; readonly email: string } | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly modelId: string | null;
  /** As it is called now, or was called last; null where nobody knows any more. */
  readonly model: string | null;
  readonly recordId: string | null;
  readonly details: object;
}

/** Which of them, and which page. */
export interface AuditFilter {
  readonly action?: string | undefined;
  /** Id, email, or name of a key. */
  readonly user?: string | undefined;
  /** Id or name. */
  readonly model?: string | undefined;
  /** ISO 8601; from this moment on. */
  readonly from?: string | undefined;
  /** ISO 8601; before this moment. */
  readonly to?: string | undefined;
  readonly page: number;
  readonly limit: number;
}

/** Of a row of the journal, at that time. */
const MODEL_NAME = `(coalesce(after, before)->>'app') || '.' || (coalesce(after, before)->>'name')`;

/** Reads the audit, of which the journal of the models is a part. */
@Injectable()
export class AuditReader {
  private readonly pool: StatementRunner;
  private readonly entries: string;
  private readonly users: string;
  private readonly journal: string;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) options: ResolvedDynamoOptions,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
    const schema = quote(options.schema);
    this.users = `${schema}."user"`;
    this.journal = `${schema}.schema_change`;
    this.entries = `(
      SELECT 'a' || id AS id, at, action, "by", user_id, address, request_id, model_id, NULL AS model, record_id, details FROM ${schema}.audit
      UNION ALL
      SELECT 'j' || id, at, 'model_' || kind, "by", NULL, address, request_id, model_id,
          ${MODEL_NAME}, NULL, jsonb_build_object('version', version,
          'operations', (SELECT coalesce(jsonb_agg(o->'description'), '[]') FROM jsonb_array_elements(operations) o),
          'before', before, 'after', after)
        FROM ${schema}.schema_change
    ) e`;
  }

  /** Newest first, and how many there are. */
  async list({ action, user, model, from, to, page, limit }: AuditFilter): Promise<{
    readonly rows: readonly AuditRow[];
    readonly total: number;
  }> {
    const modelId = model === undefined ? undefined : (this.registry.find(model)?.id ?? model);
    const where = `WHERE ($1::text IS NULL OR e.action = $1) AND ($2::text IS NULL OR e.user_id::text = lower($2) OR lower(e."by") = lower($2)
        OR lower(e."by") = (SELECT lower(email) FROM ${this.users} WHERE id::text = lower($2)))
      AND ($3::text IS NULL OR e.model_id::text = lower($3)
        OR e.model_id IN (SELECT model_id FROM ${this.journal} WHERE ${MODEL_NAME} = $3)) AND ($4::timestamptz IS NULL OR e.at >= $4)
      AND ($5::timestamptz IS NULL OR e.at < $5)`;
    const values = [action, user, modelId, from, to].map((value) => value ?? null);
    const rows = await this.pool.rows<AuditRow>(
      `SELECT e.id, ${timestamp('e.at')} AS at, e.action, CASE WHEN e."by" IS NOT NULL THEN json_build_object('id', coalesce(e.user_id, u.id), 'email', e."by") END AS "by", e.address, e.request_id AS "requestId",
          e.model_id AS "modelId", e.model, e.record_id AS "recordId", e.details
        FROM ${this.entries} LEFT JOIN ${this.users} u ON e.user_id IS NULL AND lower(u.email) = lower(e."by")
        ${where} ORDER BY e.at DESC, e.id DESC LIMIT $6 OFFSET $7`,
      [...values, limit, (page - 1) * limit],
    );
    const [counted] = await this.pool.rows<{ total: number }>(
      `SELECT count(*)::float8 AS total FROM ${this.entries} ${where}`,
      values,
    );
    return {
      rows: rows.map((row) => ({ ...row, model: this.nameOf(row.modelId) ?? row.model })),
      total: counted?.total ?? 0,
    };
  }

  private nameOf(id: string | null): string | null {
    return id === null ? null : (this.registry.findById(id)?.name ?? null);
  }
}

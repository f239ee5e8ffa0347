import type { DataSource, QueryRunner } from 'typeorm';
import type { RequestOrigin } from '../access/author.js';
import type { ModelChange } from '../definition/model-definition.js';
import { quote } from '../definition/sql.js';
import type { SchemaPlan } from '../schema/schema-plan.js';
import type { AppliedModel } from './applied-model.store.js';
import { type Queried, queryRows } from './query-rows.js';

/** A change that was applied, as the journal has it. */
export interface JournalEntry {
  readonly id: number;
  /** Schema version that the change led to. */
  readonly version: number;
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** Who made it, if that was known. */
  readonly by: string | null;
  /** Of the request that made it, as its log and its answer have it. */
  readonly requestId: string | null;
  readonly kind: ModelChange['kind'];
  readonly before: object | null;
  readonly after: object | null;
  readonly operations: readonly {
    readonly kind: string;
    readonly description: string;
    readonly sql: readonly string[];
  }[];
  /** How long planning and altering took. */
  readonly durationMs: number;
}

/** Who changes models, and from where. */
export interface ChangeSource {
  readonly by: string | null;
  /** Null for programs. */
  readonly origin: RequestOrigin | null;
  /** Of the transaction, by which {@link ChangeJournal.has} finds it; null where nobody will ask. */
  readonly changeId: string | null;
}

/** What `record` writes about one model. */
interface Applied {
  readonly change: ModelChange;
  readonly version: number;
}

/** The history of every model: what was changed, when, by whom, from where and with which SQL. */
export class ChangeJournal {
  private readonly table: string;

  constructor(schema: string) {
    this.table = `${quote(schema)}.schema_change`;
  }

  /** Writes the changes of a transaction, in that transaction. @param durationMs of the whole plan */
  async record(
    runner: QueryRunner,
    applied: readonly Applied[],
    plan: SchemaPlan,
    { by, origin, changeId }: ChangeSource,
    durationMs: number,
  ): Promise<void> {
    const rows = applied.map(({ change: { kind, before, after }, version }) => {
      const tableIds = new Set<string>(
        [before, after].flatMap((model) => (model === null ? [] : [model.id, ...model.fields.map(({ id }) => id)])),
      );
      const operations = plan.operations
        .filter(({ table }) => tableIds.has(table.id))
        .map((operation) => ({
          kind: operation.kind,
          description: operation.describe(),
          sql: operation.toSql().map(({ text }) => text),
        }));
      return { model: (after ?? before)?.id, version, kind, before, after, operations };
    });
    await runner.query(
      `INSERT INTO ${this.table} (model_id, version, "by", kind, before, after, operations, duration_ms, address, request_id, change_id)
        SELECT r.model, r.version, $2, r.kind, nullif(r.before, 'null'), nullif(r.after, 'null'), r.operations, $3, $4, $5, $6
        FROM jsonb_to_recordset($1) AS r(model uuid, version bigint, kind text, before jsonb, after jsonb, operations jsonb)`,
      [JSON.stringify(rows), by, durationMs, origin?.address ?? null, origin?.requestId ?? null, changeId],
    );
  }

  /** Whether the transaction of this id was committed. To be asked under the schema lock, when it is over in any case. */
  async has(runner: QueryRunner, changeId: string): Promise<boolean> {
    const rows = await queryRows(runner, `SELECT 1 FROM ${this.table} WHERE change_id = $1 LIMIT 1`, [changeId]);
    return rows.length > 0;
  }

  /** How many seconds ago, by the database's clock, each of these models was changed to the version that it has. */
  async ages(source: Queried, models: readonly Pick<AppliedModel, 'id' | 'version'>[]): Promise<readonly number[]> {
    const rows = await queryRows<{ seconds: number }[]>(
      source,
      `SELECT greatest(0, extract(epoch FROM clock_timestamp() - c.at))::float8 AS seconds
        FROM unnest($1::uuid[], $2::bigint[]) AS m(id, version)
        JOIN ${this.table} c ON c.model_id = m.id AND c.version = m.version`,
      [models.map(({ id }) => id), models.map(({ version }) => version)],
    );
    return rows.map(({ seconds }) => seconds);
  }

  /** Changes of a model, newest first. @param page from 1 */
  async find(
    source: DataSource,
    modelId: string,
    page: number,
    limit: number,
  ): Promise<{ readonly entries: readonly JournalEntry[]; readonly total: number }> {
    const entries = await queryRows<JournalEntry[]>(
      source,
      `SELECT id::float8 AS id, version::float8 AS version, to_json(at AT TIME ZONE 'UTC') #>> '{}' || 'Z' AS at, "by",
          request_id AS "requestId", kind, before, after, operations, duration_ms AS "durationMs"
        FROM ${this.table} WHERE model_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3`,
      [modelId, limit, (page - 1) * limit],
    );
    const [{ total }] = await queryRows<[{ total: number }]>(
      source,
      `SELECT count(*)::float8 AS total FROM ${this.table} WHERE model_id = $1`,
      [modelId],
    );
    return { entries, total };
  }
}

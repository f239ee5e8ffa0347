import type { DataSource, QueryRunner } from 'typeorm';
import type { FieldDefinition } from '../definition/field-definition.js';
import { quote } from '../definition/sql.js';
import { type ModelDefinition, type ModelId, qualifiedName } from '../definition/model-definition.js';
import { type Queried, queryRows } from './query-rows.js';

/** Channel on which every committed change of a definition is announced, with its schema version. */
export const CHANGE_CHANNEL = 'dynamo_schema';

/** A model as last applied to its table, with little enough to keep for ten thousand models. */
export interface AppliedModel {
  readonly id: ModelId;
  readonly app: string;
  readonly name: string;
  readonly tableName: string;
  readonly hash: string;
  /** Schema version at which it last changed. */
  readonly version: number;
  readonly relatedIds: readonly ModelId[];
  /** JSON text of the definition, parsed on first use; null once the model is deleted. */
  readonly definition: string | null;
}

/** What a model is at. */
export interface AppliedState extends Pick<AppliedModel, 'id' | 'version' | 'hash'> {
  readonly isDeleted: boolean;
}

/** What `record` writes for one model; `after` is null for a deleted one. */
export interface AppliedChange {
  readonly before: ModelDefinition | null;
  readonly after: ModelDefinition | null;
  readonly hash: string;
}

const relatedIdsOf = (definition: ModelDefinition | null): readonly ModelId[] => [
  ...new Set(
    (definition?.fields ?? []).flatMap(({ relatedModelId }) =>
      relatedModelId === null ? [] : [relatedModelId as ModelId],
    ),
  ),
];

/** The definitions as last applied: the base of every change and the source of the registry. */
export class AppliedModelStore {
  private readonly schema: string;
  private readonly columns =
    'id, app, name, table_name AS "tableName", hash, version::float8 AS version, related_ids AS "relatedIds", definition::text AS definition';

  constructor(schema: string) {
    this.schema = quote(schema);
  }

  /** Those of `ids` that were ever applied, or all that are not deleted when `ids` is undefined. */
  async find(source: DataSource | QueryRunner, ids?: readonly string[]): Promise<readonly AppliedModel[]> {
    const where = ids === undefined ? 'definition IS NOT NULL' : 'id = ANY($1)';
    const values = ids === undefined ? [] : [ids];
    return queryRows<AppliedModel[]>(
      source,
      `SELECT ${this.columns} FROM ${this.schema}.applied_model WHERE ${where}`,
      values,
    );
  }

  /** All that are not deleted, and a schema version that none of them is older than missing. */
  async findAll(source: DataSource): Promise<{ readonly models: readonly AppliedModel[]; readonly version: number }> {
    // The version comes first: a change in between is then read twice, never missed.
    const version = await this.version(source);
    return { models: await this.find(source), version };
  }

  /** The current schema version. */
  async version(source: DataSource | QueryRunner): Promise<number> {
    const [{ version }] = await queryRows<[{ version: number }]>(
      source,
      `SELECT version::float8 AS version FROM ${this.schema}.schema_version`,
    );
    return version;
  }

  /** Those that changed after `version`, deleted ones included, oldest first; and the schema version as of now. */
  async findSince(
    source: Queried,
    version: number,
  ): Promise<{ readonly models: readonly AppliedModel[]; readonly version: number }> {
    const rows = await queryRows<(AppliedModel & { readonly current: number })[]>(
      source,
      `SELECT now.version::float8 AS current, changed.* FROM ${this.schema}.schema_version now LEFT JOIN (
        SELECT ${this.columns} FROM ${this.schema}.applied_model WHERE version > $1
      ) changed ON true ORDER BY changed.version`,
      [version],
    );
    // Where nothing changed there is one row nevertheless, without a model.
    return { models: rows.filter(({ id }) => id !== null), version: rows[0]?.current ?? 0 };
  }

  /** What all models are at, deleted ones included, in short. */
  async findStates(source: Queried): Promise<readonly AppliedState[]> {
    return queryRows<AppliedState[]>(
      source,
      `SELECT id, version::float8 AS version, hash, definition IS NULL AS "isDeleted" FROM ${this.schema}.applied_model`,
    );
  }

  /** Writes the new base under the next schema version, announces that at COMMIT, and returns the models as written. */
  async record(runner: QueryRunner, changes: readonly AppliedChange[]): Promise<readonly AppliedModel[]> {
    const rows = changes.flatMap(({ before, after, hash }) => {
      const model = after ?? before;
      if (model === null) return [];
      const definition = after === null ? null : JSON.stringify(after);
      const { id, app, name, tableName } = model;
      return [{ id, app, name, tableName, hash, relatedIds: relatedIdsOf(after), definition }];
    });
    const [{ version }] = await queryRows<[{ version: number }]>(
      runner,
      `WITH next AS (UPDATE ${this.schema}.schema_version SET version = version + 1 RETURNING version),
        row AS (SELECT * FROM json_to_recordset($1) AS r(id uuid, app text, name text, "tableName" text, hash text, "relatedIds" uuid[], definition text)),
        saved AS (
          INSERT INTO ${this.schema}.applied_model (id, app, name, table_name, hash, version, related_ids, definition)
          SELECT row.id, row.app, row.name, row."tableName", row.hash, next.version, row."relatedIds", row.definition::jsonb FROM row, next
          ON CONFLICT (id) DO UPDATE SET app = excluded.app, name = excluded.name, table_name = excluded.table_name,
            hash = excluded.hash, version = excluded.version, related_ids = excluded.related_ids, definition = excluded.definition
        )
      SELECT version::float8 AS version, pg_notify('${CHANGE_CHANNEL}', version::text) FROM next`,
      [JSON.stringify(rows)],
    );
    return rows.map((row) => ({ ...row, version }));
  }

  /** Fields of other models that point to one of `ids`: names for a message. */
  async findReferences(
    runner: QueryRunner,
    ids: readonly string[],
  ): Promise<readonly { readonly relatedId: string; readonly field: string }[]> {
    return queryRows(
      runner,
      `SELECT f.related_model_id AS "relatedId", m.app || '.' || m.name || '.' || f.name AS field
        FROM ${this.schema}.meta_field f JOIN ${this.schema}.meta_model m ON m.id = f.meta_model_id
        WHERE f.related_model_id = ANY($1) AND NOT m.id = ANY($1) ORDER BY field`,
      [ids],
    );
  }
}

/** What definitions that were stored by an earlier version lack, and what it was there. */
const OLDEST_MODEL = { primaryKey: 'big_auto', indexes: [] } as const;
const oldestField = ({ relatedModelId }: FieldDefinition) =>
  ({ relatedEntity: null, relatedKey: relatedModelId === null ? null : 'bigint' }) as const;

/** The definition of an applied model. @throws Error for a deleted one */
export const parseDefinition = (model: AppliedModel): ModelDefinition => {
  if (model.definition === null) throw new Error(`Model ${qualifiedName(model)} is deleted.`);
  const stored = JSON.parse(model.definition) as ModelDefinition;
  return { ...OLDEST_MODEL, ...stored, fields: stored.fields.map((field) => ({ ...oldestField(field), ...field })) };
};

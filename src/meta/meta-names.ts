import { Inject, Injectable } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { findHostEntity } from '../database/host-entities.js';
import { ModelsDatabase } from '../database/models-database.js';
import { queryRows } from '../database/query-rows.js';
import { foldName, isEntityName } from '../definition/identifiers.js';
import { type ModelDefinition, type ModelId, qualifiedName } from '../definition/model-definition.js';
import { quote } from '../definition/sql.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { MetaField } from './meta-field.entity.js';
import type { MetaModel } from './meta-model.entity.js';
import type { RelationTarget } from './to-definition.js';

/** Names of models at one moment of a transaction. */
export interface NamesInTransaction {
  /** Whether another model has the same name. */
  isTakenByOther(model: MetaModel): boolean;
  /** What a relation points to, or why there is nothing of that name, as a sentence. */
  targetOf(field: MetaField): RelationTarget | { readonly problem: string };
}

const isRenamed = (
  model: { readonly id: string; readonly app: string; readonly name: string },
  before: ReadonlyMap<string, ModelDefinition>,
): boolean => {
  const old = before.get(model.id);
  return old === undefined || qualifiedName(old) !== qualifiedName(model);
};

/** Resolves the names that people write to the ids that the engine keeps. */
@Injectable()
export class MetaNames {
  private readonly schema: string;

  constructor(
    @Inject(DYNAMO_OPTIONS) options: ResolvedDynamoOptions,
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
  ) {
    this.schema = quote(options.schema);
  }

  async read(
    rows: readonly MetaModel[],
    before: ReadonlyMap<string, ModelDefinition>,
    runner: QueryRunner,
  ): Promise<NamesInTransaction> {
    const fields = rows.flatMap((row) => row.fields);
    const named = [
      ...rows.filter((row) => isRenamed(row, before)).map(qualifiedName),
      ...fields.flatMap(({ relatedModel }) => relatedModel ?? []),
    ].map(foldName);
    const linked = fields.flatMap(({ relatedModelId }) => relatedModelId ?? []);
    const current = await this.find(named, linked, runner);
    const appliedName = new Map<string, string | null>(current.map(({ id, applied }) => [id, applied]));
    return {
      isTakenByOther: (model) =>
        current.some(({ id, folded }) => id !== model.id && folded === foldName(qualifiedName(model))),
      targetOf: ({ relatedModel, relatedModelId }) => {
        if (isEntityName(relatedModel)) return this.entityTarget(relatedModel);
        const folded = foldName(relatedModel ?? '');
        // Text that still says what it said when the link was made means the same model, whatever it is called by now.
        const isLinked = relatedModelId !== null && appliedName.get(relatedModelId) === folded;
        const model = current.find(({ id, folded: name }) => (isLinked ? id === relatedModelId : name === folded));
        if (model === undefined) {
          return { problem: `There is no model "${relatedModel}". Create it first, or in the same request.` };
        }
        const { sqlType } = primaryKeyOf(model.primaryKey).key;
        return { relatedModelId: model.id, relatedEntity: null, relatedKey: sqlType };
      },
    };
  }

  private entityTarget(name: string): RelationTarget | { readonly problem: string } {
    const { entity, problem } = findHostEntity(this.database, name);
    return problem === undefined
      ? { relatedModelId: null, relatedEntity: entity.name, relatedKey: entity.key }
      : { problem };
  }

  /** Those of `names` that a table or other relation of the models' schema has already. */
  async readRelations(names: readonly string[], runner: QueryRunner): Promise<ReadonlySet<string>> {
    if (names.length === 0) return new Set();
    const found = await queryRows<{ name: string }[]>(
      runner,
      `SELECT relname AS name FROM pg_class
        WHERE relname = ANY($1::name[]) AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $2)`,
      [names, this.database.schema],
    );
    return new Set(found.map(({ name }) => name));
  }

  /** Writes the canonical type, the position and the link of each field, and new names of models that others point to. */
  async write(
    definitions: readonly ModelDefinition[],
    rows: readonly MetaModel[],
    before: ReadonlyMap<string, ModelDefinition>,
    runner: QueryRunner,
  ): Promise<void> {
    const stored = new Map(rows.flatMap((row) => row.fields).map((field) => [field.id, field]));
    const changed = definitions
      .flatMap(({ fields }) => fields)
      .map(({ id, type, order, relatedModelId }) => ({ id, type, order, relatedModelId }))
      .filter(({ id, type, order, relatedModelId }) => {
        const row = stored.get(id);
        return row?.type !== type || row.order !== order || row.relatedModelId !== relatedModelId;
      });
    if (changed.length > 0) {
      await runner.query(
        `UPDATE ${this.schema}.meta_field f SET type = n.type, "order" = n."order", related_model_id = n."relatedModelId"
          FROM json_to_recordset($1) AS n(id uuid, type text, "order" integer, "relatedModelId" uuid) WHERE f.id = n.id`,
        [JSON.stringify(changed)],
      );
    }
    const hasNames = (model: ModelDefinition) =>
      isRenamed(model, before) || model.fields.some(({ relatedModelId }) => relatedModelId !== null);
    if (!definitions.some(hasNames)) return;
    await runner.query(
      `UPDATE ${this.schema}.meta_field f SET related_model = m.app || '.' || m.name FROM ${this.schema}.meta_model m
        WHERE m.id = f.related_model_id AND f.related_model <> m.app || '.' || m.name AND f.id IN (
          SELECT id FROM ${this.schema}.meta_field WHERE related_model_id = ANY($1)
          UNION ALL SELECT id FROM ${this.schema}.meta_field WHERE meta_model_id = ANY($1))`,
      [definitions.map(({ id }) => id)],
    );
  }

  /** Models with one of these names or ids, with the name under which each was applied last. */
  private async find(names: readonly string[], ids: readonly string[], runner: QueryRunner) {
    if (names.length + ids.length === 0) return [];
    return queryRows<{ id: ModelId; folded: string; applied: string | null; primaryKey: string }[]>(
      runner,
      `SELECT m.id, m.folded_name AS folded, a.folded_name AS applied, m.primary_key AS "primaryKey"
        FROM ${this.schema}.meta_model m LEFT JOIN ${this.schema}.applied_model a ON a.id = m.id AND a.definition IS NOT NULL
        WHERE m.folded_name = ANY($1) OR m.id = ANY($2)`,
      [names, ids],
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { In, type QueryRunner } from 'typeorm';
import { AppliedModelStore, parseDefinition } from '../database/applied-model.store.js';
import { queryRows } from '../database/query-rows.js';
import { type ModelChange, type ModelDefinition, type ModelId, qualifiedName } from '../definition/model-definition.js';
import { quote } from '../definition/sql.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { InvalidDefinitionError, NameTakenError } from '../errors/definition.error.js';
import type { FieldError } from '../errors/dynamo.error.js';
import { ModelInUseError } from '../errors/schema-change.error.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { changeContextOf } from '../pipeline/change-context.js';
import { checkField } from './check-field.js';
import { checkModel } from './check-model.js';
import { MetaField } from './meta-field.entity.js';
import { MetaModel } from './meta-model.entity.js';
import { InverseNames } from './inverse-names.js';
import { MetaNames, type NamesInTransaction } from './meta-names.js';
import { type RelationTarget, relationCandidates, toDefinition } from './to-definition.js';
import type { Touched } from './transaction-frames.js';

const NO_TARGET: RelationTarget = { relatedModelId: null, relatedEntity: null, relatedKey: null };

/** Touched meta rows → the changes that they make, read under the schema lock. */
@Injectable()
export class MetaChanges {
  private readonly schema: string;

  constructor(
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(AppliedModelStore) private readonly applied: AppliedModelStore,
    @Inject(MetaNames) private readonly names: MetaNames,
    @Inject(InverseNames) private readonly inverseNames: InverseNames,
  ) {
    this.schema = quote(options.schema);
  }

  /** The model of a field as stored at this moment. */
  async ownerOf(fieldId: string, runner: QueryRunner): Promise<string | undefined> {
    return (await this.ownersOf([fieldId], runner))[0];
  }

  /** @throws InvalidDefinitionError, NameTakenError, ModelInUseError */
  async collect(touched: Touched, runner: QueryRunner): Promise<readonly ModelChange[]> {
    const ids = touched.unknown
      ? undefined
      : [...touched.models, ...(await this.ownersOf([...touched.fields], runner))];
    const rows = await this.read(ids, runner);
    const applied = (await this.applied.find(runner, ids)).filter(({ definition }) => definition !== null);
    const before = new Map(applied.map((model) => [model.id, parseDefinition(model)]));
    const deleted = [...before.values()].filter(({ id }) => !rows.some((row) => row.id === id));
    const saved = await this.define(rows, before, runner);
    await this.requireUnreferenced(deleted, runner);
    return [
      ...saved.map((after): ModelChange => {
        const old = before.get(after.id);
        return old === undefined ? { kind: 'create', before: null, after } : { kind: 'update', before: old, after };
      }),
      ...deleted.map((model): ModelChange => ({ kind: 'delete', before: model, after: null })),
    ];
  }

  private async ownersOf(fieldIds: readonly string[], runner: QueryRunner): Promise<readonly string[]> {
    if (fieldIds.length === 0) return [];
    const rows = await queryRows<{ id: string }[]>(
      runner,
      `SELECT DISTINCT meta_model_id AS id FROM ${this.schema}.meta_field WHERE id = ANY($1)`,
      [fieldIds],
    );
    return rows.map(({ id }) => id);
  }

  private async read(ids: readonly string[] | undefined, runner: QueryRunner): Promise<readonly MetaModel[]> {
    return runner.manager.find(MetaModel, {
      where: ids === undefined ? {} : { id: In([...ids]) },
      relations: { fields: true },
      order: { id: 'ASC', fields: { order: 'ASC', sequence: 'ASC' } },
    });
  }

  private async define(
    rows: readonly MetaModel[],
    before: ReadonlyMap<string, ModelDefinition>,
    runner: QueryRunner,
  ): Promise<readonly ModelDefinition[]> {
    const { paths } = changeContextOf(runner);
    const prefixOf = (row: MetaModel) => paths.get(row.id) ?? '';
    const fieldPrefix = (row: MetaModel) => (field: MetaField) =>
      paths.get(field.id) ?? `${prefixOf(row)}fields.${row.fields.indexOf(field)}.`;
    const problems = rows.flatMap((row) => checkModel(row, this.types, fieldPrefix(row), prefixOf(row)));
    if (problems[0] !== undefined) throw new InvalidDefinitionError([problems[0], ...problems.slice(1)]);

    const names = await this.names.read(rows, before, runner);
    const taken = rows.find((row) => names.isTakenByOther(row));
    if (taken !== undefined) throw new NameTakenError(qualifiedName(taken), `${prefixOf(taken)}name`);
    const rekeyed = rows.flatMap((row) => {
      const fixed = before.get(row.id)?.primaryKey ?? row.primaryKey;
      if (fixed === row.primaryKey) return [];
      const message = `The ids of "${qualifiedName(row)}" are "${fixed}", which cannot change. Create a new model instead.`;
      return [{ path: `${prefixOf(row)}primaryKey`, code: 'primary_key_fixed', message }];
    });
    const misled = rows.flatMap((row) => this.relationProblems(row, names, fieldPrefix(row)));
    const [first, ...others] = [...rekeyed, ...misled];
    if (first !== undefined) throw new InvalidDefinitionError([first, ...others]);

    const candidates = rows.flatMap((row) => relationCandidates(row, this.types, before.get(row.id)));
    const relations = new Set(await this.names.readRelations(candidates, runner));
    const definitions = rows.map((row) => {
      const definition = toDefinition(row, {
        before: before.get(row.id) ?? null,
        types: this.types,
        deleteColumns: this.options.deleteColumns,
        targetOf: (field) => this.targetOf(field, names),
        isRelationTaken: (name) => relations.has(name),
      });
      relations.add(definition.tableName);
      for (const { physicalName } of definition.fields) relations.add(physicalName);
      return definition;
    });
    const fieldPaths = new Map(rows.flatMap((row) => row.fields.map((field) => [field.id, fieldPrefix(row)(field)])));
    await this.inverseNames.check(definitions, before, (id) => fieldPaths.get(id) ?? '', runner);
    await this.names.write(definitions, rows, before, runner);
    return definitions;
  }

  private pointsElsewhere({ type, relatedModel }: MetaField): boolean {
    return this.types.find(type)?.relation !== undefined && Boolean(relatedModel);
  }

  private targetOf(field: MetaField, names: NamesInTransaction): RelationTarget {
    const target = this.pointsElsewhere(field) ? names.targetOf(field) : NO_TARGET;
    return 'problem' in target ? NO_TARGET : target;
  }

  /** What can be said about relations only when it is known what they point to. */
  private relationProblems(row: MetaModel, names: NamesInTransaction, prefixOf: (field: MetaField) => string) {
    return row.fields.filter(this.pointsElsewhere, this).flatMap((field): readonly FieldError[] => {
      const target = names.targetOf(field);
      if (!('problem' in target)) return checkField(field, this.types, prefixOf(field), target.relatedKey);
      const message = `"${field.name}" cannot point to "${field.relatedModel}". ${target.problem}`;
      return [{ path: `${prefixOf(field)}relatedModel`, code: 'unknown_related_model', message }];
    });
  }

  private async requireUnreferenced(deleted: readonly ModelDefinition[], runner: QueryRunner): Promise<void> {
    if (deleted.length === 0) return;
    const references = await this.applied.findReferences(
      runner,
      deleted.map(({ id }) => id),
    );
    const [first] = references;
    if (first === undefined) return;
    const model = deleted.find(({ id }) => id === (first.relatedId as ModelId));
    const fields = references.filter(({ relatedId }) => relatedId === first.relatedId).map(({ field }) => field);
    if (model !== undefined) throw new ModelInUseError(qualifiedName(model), fields);
  }
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { ofRequest } from '../access/author.js';
import { AppliedModelStore } from '../database/applied-model.store.js';
import { requireUndistributed } from '../database/distributed-tables.js';
import { findHostEntity } from '../database/host-entities.js';
import { findDrift, readCatalog } from '../database/introspector.js';
import { ModelsDatabase } from '../database/models-database.js';
import { findLargeTables } from '../database/large-tables.js';
import { countRows } from '../database/row-counts.js';
import { type ModelChange, type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import {
  BlockedChangeError,
  PlanChangedError,
  type PlanSummary,
  SchemaDriftError,
} from '../errors/schema-change.error.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { type PlanPreparation, preparePlan } from '../schema/preparation/plan-preparation.js';
import type { SchemaOperation } from '../schema/schema-operation.js';
import type { SchemaPlan } from '../schema/schema-plan.js';
import { planSchema } from '../schema/schema-planner.js';
import { schemaState, type TableReference, type TableState } from '../schema/schema-state.js';
import {
  type ChangeContext,
  changeContextOf,
  PlanOnly,
  PreparationNeeded,
  requireAgreement,
} from './change-context.js';
import { checkColumns, foreseeColumns } from './column-limit.js';
import { Conversions } from './conversions.js';
import { DesiredState } from './desired-state.js';
import { type ClearedPlan, Obstacles } from './obstacles.js';
import { PlanExecution } from './plan-execution.js';

/**
 * From the first lock of a table to COMMIT there is nothing to wait for, in milliseconds: a node that says nothing for
 * longer is frozen, and whoever uses the table would wait until it goes on.
 */
const LONGEST_SILENCE = 5000;

/** A table that Dynamo leaves behind: its rows stay, but it no longer holds on to other tables. */
const abandoned = (table: TableState): TableState => ({
  ...table,
  constraints: table.constraints.filter(({ kind }) => kind !== 'foreign_key'),
});

/** Step 3. Makes the tables match the definitions, in the caller's transaction: plan, run, verify. */
@Injectable()
export class SchemaSynchronizer {
  private readonly logger = new Logger(SchemaSynchronizer.name);

  constructor(
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(AppliedModelStore) private readonly applied: AppliedModelStore,
  ) {}

  /**
   * One plan for all changes of a transaction. The schema lock is held since the first meta row was written.
   *
   * @throws BlockedChangeError, DestructiveChangeError, PlanChangedError, TypeChangeImpossibleError, LimitReachedError,
   *   DistributedTableError, InvalidRemedyError, SchemaBusyError, RowsChangedError, SchemaDriftError, SchemaChangeFailedError, or PlanOnly
   *   when that was wanted — whatever is thrown, the transaction must be rolled back
   */
  async synchronize(changes: readonly ModelChange[], runner: QueryRunner): Promise<SchemaPlan> {
    const desired = await this.desiredState(changes, runner);
    const before = changes.flatMap((change) => (change.before === null ? [] : desired.tables(change.before)));
    const names = before.map(({ name }) => name);
    await requireUndistributed(this.database, names, runner);
    const after = changes.flatMap((change) => (change.after === null ? [] : desired.tables(change.after)));
    const wanted = schemaState([...after, ...this.leftBehind(changes, before, after)]);
    const context = changeContextOf(runner);
    const conversions = new Conversions(this.types, context.paths).of(changes);
    const draft = planSchema(schemaState(before), wanted, conversions);

    const models = changes.flatMap((change) => change.after ?? []);
    const { prepared } = context;
    const cleared = await new Obstacles(this.types, runner, models).clear(draft, wanted, context, prepared?.answers);
    const { plan, blockers } = cleared;
    const preparation = prepared === undefined ? await this.preparationOf(plan, runner) : undefined;
    const summary = await this.agree(cleared, preparation, context, runner);
    const [blocker, ...others] = blockers;
    if (blocker !== undefined) throw new BlockedChangeError([blocker, ...others]);
    if (plan.isEmpty) return plan;
    if (preparation !== undefined && preparation.steps.length > 0 && context.mayBePutOff) {
      const version = await this.applied.version(runner);
      throw new PreparationNeeded(plan, cleared.answers, preparation, changes, version);
    }
    if (prepared !== undefined && prepared.hash !== plan.hash) throw new PlanChangedError(await summary());

    await runner.query(
      `SELECT set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)`,
      [`${context.tableLockTimeout}ms`, `${LONGEST_SILENCE}ms`],
    );
    await new PlanExecution(cleared, new Obstacles(this.types, runner, []), runner, prepared?.rest).run();
    await this.verify(plan, after, runner);
    return plan;
  }

  /** Shows the plan instead of running it, where that was asked for or something would be lost that nobody named. */
  private async agree(
    { plan, blockers, remedial }: ClearedPlan,
    preparation: PlanPreparation | undefined,
    context: ChangeContext,
    runner: QueryRunner,
  ): Promise<() => Promise<PlanSummary>> {
    const isNamed = (operation: SchemaOperation) =>
      !operation.losesUnasked &&
      (!context.losesImplicitly || context.named.has(operation.subject) || remedial.has(operation));
    const isExplicit = plan.destructive.every(isNamed);
    const isWanted = context.isDryRun || context.onPlan !== undefined;
    const summarize = async (): Promise<PlanSummary> => {
      const warnings = await foreseeColumns(plan, runner);
      const counts = await countRows(plan, runner);
      return plan.summarize(blockers, warnings, (tableId) => counts.get(tableId) ?? 0, preparation);
    };
    if (!isWanted && isExplicit && context.confirm === undefined) return summarize;
    const summary = await summarize();
    context.onPlan?.(summary);
    if (context.isDryRun) throw new PlanOnly(summary);
    requireAgreement(summary, isExplicit, context);
    return async () => summary;
  }

  /** What must be done before the plan can run without holding up others, if anything. */
  private async preparationOf(plan: SchemaPlan, runner: QueryRunner): Promise<PlanPreparation | undefined> {
    const read = new Set(plan.operations.filter(({ rewrites }) => rewrites !== 'nothing').map(({ table }) => table.id));
    const tables = [...plan.before.tables.values()].filter(({ id }) => read.has(id));
    const large = await findLargeTables(runner, tables, this.options.backgroundFrom);
    return large.size === 0 ? undefined : preparePlan(plan, (id) => large.has(id));
  }

  /** The last look before COMMIT: everything is as the definitions say, and there is room for more. */
  private async verify(plan: SchemaPlan, tables: readonly TableState[], runner: QueryRunner): Promise<void> {
    const names = tables.map(({ name }) => name);
    const catalog = names.length === 0 ? [] : await readCatalog(runner, this.database.schema, names);
    const differences = await findDrift(runner, tables, catalog);
    if (differences.length > 0) throw new SchemaDriftError(differences);
    const { origin } = changeContextOf(runner);
    for (const warning of checkColumns(plan, catalog)) this.logger.warn(warning, ...ofRequest(origin));
  }

  private async desiredState(changes: readonly ModelChange[], runner: QueryRunner): Promise<DesiredState> {
    const models = changes.flatMap(({ before, after }) => [before, after]).filter((model) => model !== null);
    const relatedIds = models.flatMap(({ fields }) => fields.flatMap(({ relatedModelId }) => relatedModelId ?? []));
    const references = new Map<string, TableReference>();
    const refer = (model: Pick<ModelDefinition, 'id' | 'app' | 'name' | 'tableName'>) =>
      references.set(model.id, {
        tableId: model.id,
        label: qualifiedName(model),
        schema: this.database.schema,
        name: model.tableName,
      });
    // What changes in this transaction overrides what was applied before it.
    const unchangedIds = relatedIds.filter((id) => !models.some((model) => model.id === id));
    for (const model of unchangedIds.length === 0 ? [] : await this.applied.find(runner, unchangedIds)) refer(model);
    for (const model of models) refer(model);
    const tableOf = (id: string) => {
      const reference = references.get(id);
      if (reference === undefined) throw new Error(`No table is known for model ${id}.`);
      return reference;
    };
    return new DesiredState(this.types, this.database.schema, tableOf, (name) => this.entityTable(name));
  }

  private entityTable(name: string): TableReference {
    // Names were checked before, so one that is unknown by now is only in a definition that is on its way out.
    const { table } = findHostEntity(this.database, name).entity ?? { table: { schema: this.database.schema, name } };
    return { tableId: `entity ${name}`, label: name, ...table };
  }

  /** Tables that stay although their model or field is gone, because the options say so. */
  private leftBehind(
    changes: readonly ModelChange[],
    before: readonly TableState[],
    after: readonly TableState[],
  ): readonly TableState[] {
    const keptIds = new Set(after.map(({ id }) => id));
    const deletedModels = changes.flatMap((change) => (change.kind === 'delete' ? [change.before] : []));
    const ofDeletedModels = new Set<string>(
      deletedModels.flatMap(({ id, fields }) => [id, ...fields.map((field) => field.id)]),
    );
    return before
      .filter(({ id }) => !keptIds.has(id))
      .filter(({ id }) => (ofDeletedModels.has(id) ? !this.options.deleteTables : !this.options.deleteColumns))
      .map(abandoned);
  }
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntitySchema, QueryRunner } from 'typeorm';
import { ofRequest, reasonOf } from '../access/author.js';
import { type AppliedModel, AppliedModelStore } from '../database/applied-model.store.js';
import { BackgroundChangeStore } from '../database/background-change.store.js';
import { ChangeJournal, type ChangeSource } from '../database/change-journal.js';
import { LiveEntityMetadata } from '../database/live-entity-metadata.js';
import type { ModelChange } from '../definition/model-definition.js';
import { ChangeUnderWayError } from '../errors/background-change.error.js';
import type { SchemaOperation } from '../schema/schema-operation.js';
import { AdminControllerFactory } from './admin-controller.factory.js';
import { type ChangeContext, changeContextOf } from './change-context.js';
import { EntitySchemaGenerator, type Row } from './entity-schema.generator.js';
import { ModelHasher } from './model-hasher.service.js';
import { ModelRegistry, RegisteredModel } from './model.registry.js';
import { SchemaSynchronizer } from './schema.synchronizer.js';
import { SignalEmitter } from './signal.emitter.js';

/** A change whose table is ready, waiting for COMMIT. */
export interface PreparedChange {
  readonly change: ModelChange;
  readonly applied: AppliedModel;
  readonly entitySchema: EntitySchema<Row> | null;
  /** What it took to alter the tables of the whole transaction. */
  readonly operations: readonly SchemaOperation[];
  readonly source: ChangeSource;
}

/** The conductor of the six steps. */
@Injectable()
export class Pipeline {
  private readonly logger = new Logger(Pipeline.name);
  /** Schema versions of changes made here that wait for COMMIT, or for its answer. */
  private readonly waiting = new Set<number>();

  constructor(
    @Inject(ModelHasher) private readonly hasher: ModelHasher,
    @Inject(EntitySchemaGenerator) private readonly generator: EntitySchemaGenerator,
    @Inject(SchemaSynchronizer) private readonly synchronizer: SchemaSynchronizer,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(AdminControllerFactory) private readonly adminControllers: AdminControllerFactory,
    @Inject(SignalEmitter) private readonly signals: SignalEmitter,
    @Inject(AppliedModelStore) private readonly appliedModels: AppliedModelStore,
    @Inject(ChangeJournal) private readonly journal: ChangeJournal,
    @Inject(BackgroundChangeStore) private readonly backgroundChanges: BackgroundChangeStore,
    @Inject(LiveEntityMetadata) private readonly liveMetadata: LiveEntityMetadata,
  ) {}

  /** Inside the transaction: steps 1 to 3. A throw here rolls the meta rows back too. */
  async prepare(candidates: readonly ModelChange[], runner: QueryRunner): Promise<readonly PreparedChange[]> {
    const context = changeContextOf(runner);
    const { isDryRun } = context;
    const changes = candidates.filter((change) => this.hashOf(change.before) !== this.hashOf(change.after)); // 1 hash
    if (changes.length === 0 && !isDryRun) return []; // nothing relevant changed: stop here
    await this.requireFree(changes, context, runner);
    const start = performance.now();
    if (!isDryRun) for (const change of changes) await this.signals.announceBefore(change, runner.manager);
    const schemas = changes.map(({ after }) => after && this.generator.generate(after)); // 2 generate
    const plan = await this.synchronizer.synchronize(changes, runner); // 3 synchronize
    const applied = await this.appliedModels.record(
      runner,
      changes.map(({ before, after }) => ({ before, after, hash: this.hashOf(after) })),
    );
    const prepared = changes.flatMap((change, position) => {
      const model = applied[position];
      if (model === undefined) return [];
      const { operations } = plan;
      return [{ change, applied: model, entitySchema: schemas[position] ?? null, operations, source: context }];
    });
    const entries = prepared.map(({ change, applied: { version } }) => ({ change, version }));
    await this.journal.record(runner, entries, plan, context, performance.now() - start);
    for (const { version } of applied) this.waiting.add(version);
    return prepared;
  }

  /** After COMMIT: steps 4 to 6. The rows are already true, so this must not throw. */
  publish(prepared: readonly PreparedChange[]): void {
    this.abandon(prepared);
    for (const { change, applied, entitySchema, source } of prepared) {
      // Another node may have changed the model again since COMMIT, and this node may know already.
      if (!this.registry.isNewer(applied)) continue;
      try {
        if (change.after === null) this.withdraw(applied);
        else this.expose(new RegisteredModel(applied, change.after), entitySchema); // 4 register, 5 expose
      } catch (error) {
        const message = `Could not publish ${applied.app}.${applied.name}.`;
        this.logger.error(message, ...ofRequest(source.origin), reasonOf(error));
      }
    }
    for (const { change } of prepared) this.signals.announceAfter(change); // 6 signal
  }

  /** There was no COMMIT, so the next change gets the version. */
  abandon(prepared: readonly PreparedChange[]): void {
    for (const { applied } of prepared) this.waiting.delete(applied.version);
  }

  /** Whether a change was made here. Its announcement may arrive before the answer to its own COMMIT. */
  isOwn({ version }: AppliedModel): boolean {
    return this.waiting.has(version);
  }

  /** A model as the database has it, at start or because another node changed it: steps 4 and 5 only. */
  adopt(applied: AppliedModel): void {
    if (!this.registry.isNewer(applied)) return;
    if (applied.definition === null) this.withdraw(applied);
    else this.expose(new RegisteredModel(applied), null);
  }

  /** What is got ready for one change must still be right when it is made. @throws ChangeUnderWayError */
  private async requireFree(
    changes: readonly ModelChange[],
    { prepared }: ChangeContext,
    runner: QueryRunner,
  ): Promise<void> {
    const ids = changes.flatMap(({ before, after }) => (after ?? before)?.id ?? []);
    const other = await this.backgroundChanges.findUnderWay(runner, ids, prepared?.id);
    if (other !== undefined) throw new ChangeUnderWayError(other.id, other.models);
  }

  /** A model that the database has not, and never had. */
  forget(id: string): void {
    this.withdraw({ id, version: 0 });
  }

  private expose(model: RegisteredModel, entitySchema: EntitySchema<Row> | null): void {
    this.registry.register(model);
    this.liveMetadata.define({
      id: model.id,
      name: model.name,
      relatedIds: model.relatedIds,
      inverseIds: () => this.registry.inverseRelations(model.id).map((inverse) => inverse.model.id),
      schema: () =>
        this.generator.withInverseRelations(entitySchema ?? this.generator.generate(model.definition), model.id),
    });
    this.adminControllers.withdraw(model.id); // the next request creates the new one
  }

  private withdraw({ id, version }: Pick<AppliedModel, 'version'> & { readonly id: string }): void {
    this.registry.unregister(id, version);
    this.liveMetadata.remove(id);
    this.adminControllers.withdraw(id);
  }

  private hashOf(definition: ModelChange['after']): string {
    return definition === null ? '' : this.hasher.hash(definition);
  }
}

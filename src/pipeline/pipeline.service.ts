import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntitySchema, QueryRunner } from 'typeorm';
import { type AppliedModel, AppliedModelStore } from '../database/applied-model.store.js';
import { ChangeJournal } from '../database/change-journal.js';
import { LiveEntityMetadata } from '../database/live-entity-metadata.js';
import type { ModelChange } from '../definition/model-definition.js';
import { AdminControllerFactory } from './admin-controller.factory.js';
import { changeContextOf } from './change-context.js';
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
}

/** The conductor of the six steps. */
@Injectable()
export class Pipeline {
  private readonly logger = new Logger(Pipeline.name);

  constructor(
    @Inject(ModelHasher) private readonly hasher: ModelHasher,
    @Inject(EntitySchemaGenerator) private readonly generator: EntitySchemaGenerator,
    @Inject(SchemaSynchronizer) private readonly synchronizer: SchemaSynchronizer,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(AdminControllerFactory) private readonly adminControllers: AdminControllerFactory,
    @Inject(SignalEmitter) private readonly signals: SignalEmitter,
    @Inject(AppliedModelStore) private readonly appliedModels: AppliedModelStore,
    @Inject(ChangeJournal) private readonly journal: ChangeJournal,
    @Inject(LiveEntityMetadata) private readonly liveMetadata: LiveEntityMetadata,
  ) {}

  /** Inside the transaction: steps 1 to 3. A throw here rolls the meta rows back too. */
  async prepare(candidates: readonly ModelChange[], runner: QueryRunner): Promise<readonly PreparedChange[]> {
    const context = changeContextOf(runner);
    const { isDryRun } = context;
    const changes = candidates.filter((change) => this.hashOf(change.before) !== this.hashOf(change.after)); // 1 hash
    if (changes.length === 0 && !isDryRun) return []; // nothing relevant changed: stop here
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
      return model === undefined ? [] : [{ change, applied: model, entitySchema: schemas[position] ?? null }];
    });
    const entries = prepared.map(({ change, applied: { version } }) => ({ change, version }));
    await this.journal.record(runner, entries, plan, context, performance.now() - start);
    return prepared;
  }

  /** After COMMIT: steps 4 to 6. The rows are already true, so this must not throw. */
  publish(prepared: readonly PreparedChange[]): void {
    for (const { change, applied, entitySchema } of prepared) {
      // Another node may have changed the model again since COMMIT, and this node may know already.
      if (!this.registry.isNewer(applied)) continue;
      try {
        if (change.after === null) this.withdraw(applied);
        else this.expose(new RegisteredModel(applied, change.after), entitySchema); // 4 register, 5 expose
      } catch (error) {
        this.logger.error(
          `Could not publish ${applied.app}.${applied.name}.`,
          error instanceof Error ? error.stack : error,
        );
      }
    }
    for (const { change } of prepared) this.signals.announceAfter(change); // 6 signal
  }

  /** A model as the database has it, at start or because another node changed it: steps 4 and 5 only. */
  adopt(applied: AppliedModel): void {
    if (!this.registry.isNewer(applied)) return;
    if (applied.definition === null) this.withdraw(applied);
    else this.expose(new RegisteredModel(applied), null);
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

  private withdraw({ id, version }: AppliedModel): void {
    this.registry.unregister(id, version);
    this.liveMetadata.remove(id);
    this.adminControllers.withdraw(id);
  }

  private hashOf(definition: ModelChange['after']): string {
    return definition === null ? '' : this.hasher.hash(definition);
  }
}

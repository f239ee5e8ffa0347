import { Inject, Injectable } from '@nestjs/common';
import { AppliedModelStore } from '../database/applied-model.store.js';
import { ModelsDatabase } from '../database/models-database.js';
import { ModelRegistry } from './model.registry.js';
import { Pipeline } from './pipeline.service.js';

/** Makes stored models live: at start all of them, later those that another process has changed. */
@Injectable()
export class ModelLoader {
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(AppliedModelStore) private readonly applied: AppliedModelStore,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
  ) {}

  /** Registers every model. Nothing of a model is built before it is used. */
  async loadAll(): Promise<void> {
    const { models, version } = await this.applied.findAll(this.database.dataSource);
    for (const model of models) this.pipeline.adopt(model);
    this.registry.catchUpTo(version);
  }

  /** Adopts everything that was committed elsewhere before this call. */
  async catchUp(): Promise<void> {
    if (this.running === undefined) return this.look();
    // The look under way may have begun before the change that this one is about; those who wait share the next.
    this.next ??= this.running.catch(() => undefined).then(() => this.look());
    return this.next;
  }

  private async look(): Promise<void> {
    this.next = undefined;
    this.running = this.adoptNewer().finally(() => (this.running = undefined));
    return this.running;
  }

  private async adoptNewer(): Promise<void> {
    const newer = await this.applied.findSince(this.database.dataSource, this.registry.version);
    for (const model of newer) this.pipeline.adopt(model);
    this.registry.catchUpTo(newer.at(-1)?.version ?? 0);
  }
}

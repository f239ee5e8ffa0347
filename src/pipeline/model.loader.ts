import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AppliedModelStore } from '../database/applied-model.store.js';
import { StatementRunner } from '../database/statement-runner.js';
import { ModelsDatabase } from '../database/models-database.js';
import { SchemaBehindError } from '../errors/cluster.error.js';
import { ModelRegistry } from './model.registry.js';
import { Pipeline } from './pipeline.service.js';

/** Looks that any request can cause begin at least this far apart, in milliseconds; those who ask in between share the next. */
const SPARE_INTERVAL = 20;
/** After that a connection counts as dead, in milliseconds: one that hangs must not hold up all looks to come. */
const LONGEST_LOOK = 30_000;
/** How long a request waits for a version, in milliseconds. */
const LONGEST_WAIT = 2000;

/** Makes stored models live: at start all of them, later those that another process has changed. */
@Injectable()
export class ModelLoader {
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private spared: Promise<void> | undefined;
  private lastSpared = -Infinity;

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

  /** The same for what may well be a mistake, so that wrong requests, however many, do not keep the database busy. */
  async catchUpSparingly(): Promise<void> {
    this.spared ??= this.nextTurn().then(() => {
      this.spared = undefined;
      return this.catchUp();
    });
    return this.spared;
  }

  /** Waits a moment at most until every change up to `version` is known here. @throws SchemaBehindError */
  async reach(version: number): Promise<void> {
    if (this.registry.version >= version) return;
    const abort = new AbortController();
    const patience = delay(LONGEST_WAIT, undefined, { signal: abort.signal }).catch(() => undefined);
    await Promise.race([this.catchUpSparingly(), patience]).finally(() => abort.abort());
    if (this.registry.version < version) throw new SchemaBehindError(version, this.registry.version);
  }

  private async nextTurn(): Promise<void> {
    const wait = this.lastSpared + SPARE_INTERVAL - performance.now();
    if (wait > 0) await delay(wait);
    this.lastSpared = performance.now();
  }

  private async look(): Promise<void> {
    this.next = undefined;
    this.running = this.adoptNewer().finally(() => (this.running = undefined));
    return this.running;
  }

  private async adoptNewer(): Promise<void> {
    const source = StatementRunner.onPool(this.database.dataSource, LONGEST_LOOK);
    const newer = await this.applied.findSince(source, this.registry.version);
    for (const model of newer) this.pipeline.adopt(model);
    this.registry.catchUpTo(newer.at(-1)?.version ?? 0);
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type AppliedModel, AppliedModelStore } from '../database/applied-model.store.js';
import { ChangeJournal } from '../database/change-journal.js';
import { StatementRunner } from '../database/statement-runner.js';
import { ModelsDatabase } from '../database/models-database.js';
import { DYNAMO_MEASURES } from '../dynamo.constants.js';
import type { Measures } from '../dynamo.measures.js';
import { SchemaBehindError } from '../errors/cluster.error.js';
import { ModelRegistry } from './model.registry.js';
import { lostModels } from './lost-models.js';
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
  private readonly logger = new Logger(ModelLoader.name);
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private spared: Promise<void> | undefined;
  private lastSpared = -Infinity;
  /** Whether what the database has is to be compared with what this node has. */
  private isOther = false;

  constructor(
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(AppliedModelStore) private readonly applied: AppliedModelStore,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(ChangeJournal) private readonly journal: ChangeJournal,
    @Inject(DYNAMO_MEASURES) private readonly measures: Measures,
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

  /**
   * The same for a database that may have become another one: a replica that was promoted, or a backup, may lack changes
   * that this node knows, and have others under their numbers.
   */
  async reconcile(): Promise<void> {
    this.isOther = true;
    return this.catchUp();
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
    if (this.isOther) await this.returnToDatabase();
    const source = StatementRunner.onPool(this.database.dataSource, LONGEST_LOOK);
    const known = this.registry.version;
    const { models, version } = await this.applied.findSince(source, known);
    const isOthers = (model: AppliedModel) => this.registry.isNewer(model) && !this.pipeline.isOwn(model);
    const others = this.measures.isOn ? models.filter(isOthers) : [];
    for (const model of models) this.pipeline.adopt(model);
    this.registry.catchUpTo(models.at(-1)?.version ?? 0);
    if (others.length > 0) void this.measureLag(others, source);
    if (version < known) await this.returnToDatabase();
  }

  /** What follows from changes that the database does not know is undone here, too. */
  private async returnToDatabase(): Promise<void> {
    // In this order: what this node has by now, the database has a moment later, too.
    const [known, version] = [this.registry.list(), this.registry.version];
    const source = StatementRunner.onPool(this.database.dataSource, LONGEST_LOOK);
    const lost = lostModels(known, version, await this.applied.findStates(source));
    const stored = lost.size > 0 ? await this.applied.findAll(this.database.dataSource) : undefined;
    this.isOther = false;
    if (stored === undefined) return;
    this.logger.warn(
      `The database has lost changes that this process knew, of ${lost.size} models, as after a failover or from a backup. Its models are those of the database again.`,
    );
    this.registry.returnTo(stored.version);
    for (const id of lost) this.pipeline.forget(id);
    for (const model of stored.models) {
      if (this.registry.findById(model.id)?.hash !== model.hash) this.pipeline.adopt(model);
    }
  }

  /** By the clock of the database: those of two machines differ. */
  private async measureLag(models: readonly AppliedModel[], source: StatementRunner): Promise<void> {
    // What cannot be measured is not worth a word: the next look says what is wrong.
    const ages = await this.journal.ages(source, models).catch(() => []);
    for (const seconds of ages) this.measures.changeAdopted(seconds);
  }
}

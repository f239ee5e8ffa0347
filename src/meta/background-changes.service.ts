import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AppliedModelStore } from '../database/applied-model.store.js';
import type { BackgroundChange, BackgroundState, BackgroundTask } from '../database/background-change.js';
import { BackgroundChangeStore } from '../database/background-change.store.js';
import { acquireSchemaLock } from '../database/schema-lock.js';
import { qualifiedName } from '../definition/model-definition.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import {
  BackgroundChangeFailedError,
  BackgroundChangeNotFoundError,
  ChangeCancelledError,
  ChangeContinuesError,
  ChangeIsOverError,
} from '../errors/background-change.error.js';
import type { PreparationNeeded } from '../pipeline/change-context.js';
import { ModelRegistry } from '../pipeline/model.registry.js';
import { BackgroundWorker, type StoredEdit } from './background-worker.service.js';
import type { ChangeOptions } from './change-options.js';
import type { MetaChange } from './meta-change.js';
import { isId } from './meta-reader.service.js';

/** How often changes are looked for that nobody works on, in milliseconds. */
const LOOK_INTERVAL = 5000;
/** How often whoever waits for a change asks how far it is, in milliseconds. */
const ASK_INTERVAL = 100;

/**
 * Changes of tables with many rows. What they need is got ready in the background, by any process, while the tables are
 * used; then the change is made like every other, in a moment: definition and table together.
 *
 * @example
 * const { changes } = await app.get(BackgroundChanges).list({ model: 'shop.Product', state: 'building' });
 * for (const { description, steps } of changes) console.log(description, steps);
 */
@Injectable()
export class BackgroundChanges implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(BackgroundChanges.name);
  private readonly owner = randomUUID();
  private readonly running = new Map<string, Promise<void>>();
  private looking: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(BackgroundChangeStore) private readonly store: BackgroundChangeStore,
    @Inject(AppliedModelStore) private readonly applied: AppliedModelStore,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(BackgroundWorker) private readonly worker: BackgroundWorker,
  ) {}

  onApplicationBootstrap(): void {
    this.looking = setInterval(() => void this.takeOver(), LOOK_INTERVAL).unref();
    void this.takeOver();
  }

  /** Another process goes on; whoever waits here is told so. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.looking);
    this.isStopping = true;
    this.worker.stop();
    await Promise.all(this.running.values());
  }

  /**
   * Begins a change and waits for it. @returns the ids of its rows; undefined when the models have changed since it was
   * found out what it needs
   *
   * @throws ChangeContinuesError after `wait`, BackgroundChangeFailedError, ChangeCancelledError
   */
  async make(
    needed: PreparationNeeded,
    request: { readonly changes: readonly MetaChange[]; readonly isNumbered: boolean },
    options: ChangeOptions,
  ): Promise<readonly string[] | undefined> {
    const id = await this.accept(needed, request, options);
    if (id === undefined) return undefined;
    this.start(id);
    return this.finished(id, options.wait ?? Infinity);
  }

  /** Newest first. @param filter.model id or name */
  async list(
    filter: { readonly model?: string | undefined; readonly state?: BackgroundState | undefined } = {},
    { page = 1, limit = 100 }: { readonly page?: number; readonly limit?: number } = {},
  ): Promise<{ readonly changes: readonly BackgroundChange[]; readonly total: number }> {
    // By id, so that what a model was called when it was changed makes no difference; a deleted one has its last name.
    const model = filter.model && (this.registry.find(filter.model)?.id ?? filter.model);
    const { changes, total } = await this.store.list(this.dataSource, { ...filter, model }, page, limit);
    return { changes: changes.map(shown), total };
  }

  /** @throws BackgroundChangeNotFoundError */
  async get(id: string): Promise<BackgroundChange> {
    return shown(await this.find(id));
  }

  /** Ends a change that is not made yet, and removes what was got ready. @throws ChangeIsOverError */
  async cancel(id: string): Promise<BackgroundChange> {
    const known = await this.find(id);
    if (!(await this.store.cancel(this.dataSource, id))) throw new ChangeIsOverError((await this.find(id)).state);
    this.worker.look(known.id);
    this.start(id);
    return this.get(id);
  }

  private async find(id: string): Promise<BackgroundTask> {
    const found = isId(id) ? await this.store.find(this.dataSource, id) : undefined;
    if (found === undefined) throw new BackgroundChangeNotFoundError(id);
    return found;
  }

  private async accept(
    { plan, answers, preparation, changes, version }: PreparationNeeded,
    { changes: edits, isNumbered }: { readonly changes: readonly MetaChange[]; readonly isNumbered: boolean },
    { confirm, remedies, by, origin }: ChangeOptions,
  ): Promise<string | undefined> {
    const models = changes.flatMap(({ before, after }) => after ?? before ?? []);
    const edit: StoredEdit = { changes: edits, isNumbered, confirm, remedies };
    return this.dataSource.transaction(async ({ queryRunner }) => {
      if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
      await acquireSchemaLock(queryRunner, this.options.schemaLockTimeout);
      if ((await this.applied.version(queryRunner)) !== version) return undefined;
      return this.store.insert(queryRunner, {
        modelIds: [...models.map((model) => model.id), ...preparation.referred.filter(isId)],
        models: models.map(qualifiedName),
        description: plan.describe(),
        edit,
        prepared: { hash: plan.hash, answers, rest: preparation.rest },
        preparation,
        by: by ?? null,
        address: origin?.address ?? null,
        requestId: origin?.requestId ?? null,
      });
    });
  }

  private start(id: string): void {
    if (this.isStopping || this.running.has(id)) return;
    const work = this.worker
      .work(id, this.owner)
      .catch((error: unknown) => this.logger.warn(`Background change ${id} stopped for now: ${String(error)}`))
      .finally(() => this.running.delete(id));
    this.running.set(id, work);
  }

  private async takeOver(): Promise<void> {
    try {
      for (const id of await this.store.findAbandoned(this.dataSource)) this.start(id);
    } catch (error) {
      this.logger.warn(`Cannot look for background changes: ${String(error)}`);
    }
  }

  private async finished(id: string, wait: number): Promise<readonly string[]> {
    const deadline = Date.now() + wait;
    for (;;) {
      const own = this.running.get(id);
      await (own === undefined ? delay(ASK_INTERVAL) : Promise.race([own, delay(Math.min(ASK_INTERVAL * 10, wait))]));
      const change = await this.find(id);
      if (change.state === 'valid') return change.result?.ids ?? [];
      if (change.state === 'cancelled') throw new ChangeCancelledError();
      if (change.state === 'failed') throw failureOf(change);
      if (Date.now() >= deadline || this.isStopping) throw new ChangeContinuesError(shown(change));
    }
  }
}

/** Without what only whoever works on it needs. */
const shown = (change: BackgroundChange): BackgroundChange => ({
  id: change.id,
  state: change.state,
  models: change.models,
  description: change.description,
  steps: change.steps,
  by: change.by,
  createdAt: change.createdAt,
  finishedAt: change.finishedAt,
  isCancelled: change.isCancelled,
  error: change.error,
});

const failureOf = ({ error }: BackgroundChange): BackgroundChangeFailedError =>
  new BackgroundChangeFailedError(error ?? { code: 'unknown', message: 'nobody knows why.' });

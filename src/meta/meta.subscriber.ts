import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type {
  DataSource,
  EntityMetadata,
  EntitySubscriberInterface,
  InsertEvent,
  QueryRunner,
  RemoveEvent,
  TransactionCommitEvent,
  TransactionRollbackEvent,
  TransactionStartEvent,
  UpdateEvent,
} from 'typeorm';
import { ofRequest, reasonOf } from '../access/author.js';
import { acquireSchemaLock } from '../database/schema-lock.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_MEASURES, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { Measures } from '../dynamo.measures.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { ChangeInReceiverError, TransactionRequiredError } from '../errors/definition.error.js';
import { Pipeline, type PreparedChange } from '../pipeline/pipeline.service.js';
import { logChange } from './change-log.js';
import { outcomeOf } from './change-outcome.js';
import { requireStorable } from './check-storable.js';
import { MetaChanges } from './meta-changes.js';
import { MetaField } from './meta-field.entity.js';
import { MetaModel } from './meta-model.entity.js';
import { TransactionFrames } from './transaction-frames.js';

interface RowEvent {
  readonly queryRunner: QueryRunner;
  readonly metadata: EntityMetadata;
}
/** What waits for COMMIT. */
interface Pending {
  readonly changes: readonly PreparedChange[];
  /** When it began, of `performance.now()`. */
  readonly start: number;
}
type Identified = { readonly id?: unknown; readonly metaModel?: { readonly id?: unknown } } | undefined;

const isMeta = ({ metadata }: RowEvent): boolean => metadata.target === MetaModel || metadata.target === MetaField;

/**
 * The one subscriber. It collects the meta rows that a transaction touches and has the pipeline apply them just before
 * COMMIT, whoever saved them and however often.
 */
@Injectable()
export class MetaSubscriber implements EntitySubscriberInterface, OnApplicationShutdown {
  private readonly logger = new Logger(MetaSubscriber.name);
  private readonly frames = new TransactionFrames();
  private readonly pending = new WeakMap<QueryRunner, Pending>();

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(MetaChanges) private readonly changes: MetaChanges,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(DYNAMO_MEASURES) private readonly measures: Measures,
  ) {
    dataSource.subscribers.push(this);
  }

  /** Not before: requests that are under way still save, and are answered, after `onModuleDestroy`. */
  onApplicationShutdown(): void {
    const position = this.dataSource.subscribers.indexOf(this);
    if (position >= 0) this.dataSource.subscribers.splice(position, 1);
  }

  afterTransactionStart({ queryRunner }: TransactionStartEvent): void {
    this.frames.push(queryRunner);
  }

  async beforeInsert(event: InsertEvent<Partial<MetaModel>>): Promise<void> {
    if (!isMeta(event)) return;
    if (event.metadata.target === MetaModel) {
      event.entity.app ??= this.options.defaultApp;
      event.entity.admin ??= this.options.defaultAdmin;
    }
    requireStorable(event.entity);
    await this.begin(event);
  }

  async beforeUpdate(event: UpdateEvent<object>): Promise<void> {
    if (!isMeta(event)) return;
    requireStorable(event.entity);
    await this.begin(event);
    this.touch(event, event.databaseEntity);
    await this.touchOwner(event, event.databaseEntity);
  }

  async beforeRemove(event: RemoveEvent<object>): Promise<void> {
    if (!isMeta(event)) return;
    await this.begin(event);
    const identified = event.databaseEntity ?? (event.entityId === undefined ? undefined : { id: event.entityId });
    this.touch(event, identified);
    await this.touchOwner(event, identified);
  }

  afterInsert(event: InsertEvent<object>): void {
    if (!isMeta(event)) return;
    const owner = (event.entity as Identified)?.metaModel?.id;
    // A field that comes with its model needs no look-up of it later.
    if (typeof owner === 'string') this.frames.top(event.queryRunner)?.models.add(owner);
    else this.touch(event, event.entity);
  }

  afterUpdate(event: UpdateEvent<object>): void {
    if (isMeta(event)) this.touch(event, event.databaseEntity);
  }

  async beforeTransactionCommit({ queryRunner }: TransactionCommitEvent): Promise<void> {
    const touched = this.frames.top(queryRunner);
    if (touched === undefined || this.frames.depth(queryRunner) > 1) return;
    if (!touched.unknown && touched.models.size + touched.fields.size === 0) return;
    const start = performance.now();
    try {
      const changes = await this.frames.applying(queryRunner, async () =>
        this.pipeline.prepare(await this.changes.collect(touched, queryRunner), queryRunner),
      );
      if (changes.length > 0) this.pending.set(queryRunner, { changes, start });
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome !== undefined) this.measures.changeEnded(outcome, (performance.now() - start) / 1000);
      // Whoever catches this and releases the connection without a rollback must not be able to commit it later.
      await queryRunner.query('SELECT 1/0').catch(() => undefined);
      throw error;
    }
  }

  afterTransactionCommit({ queryRunner }: TransactionCommitEvent): void {
    this.frames.commit(queryRunner);
    if (this.frames.depth(queryRunner) === 0) this.publish(queryRunner);
  }

  /** What was committed on this connection, also if it could not tell so any more. */
  publish(queryRunner: QueryRunner): void {
    const pending = this.taken(queryRunner);
    if (pending === undefined) return;
    const { changes, start } = pending;
    try {
      this.pipeline.publish(changes);
    } catch (error) {
      const origin = changes[0]?.source.origin ?? null;
      this.logger.error('A committed change could not be published.', ...ofRequest(origin), reasonOf(error));
    }
    const milliseconds = performance.now() - start;
    this.measures.changeEnded('applied', milliseconds / 1000);
    logChange(this.logger, changes, milliseconds);
  }

  afterTransactionRollback({ queryRunner }: TransactionRollbackEvent): void {
    this.frames.rollback(queryRunner);
    this.abandon(queryRunner);
  }

  /** What was not committed on this connection, whatever the reason. */
  abandon(queryRunner: QueryRunner): void {
    const pending = this.taken(queryRunner);
    if (pending === undefined) return;
    this.pipeline.abandon(pending.changes);
    this.measures.changeEnded('failed', (performance.now() - pending.start) / 1000);
  }

  private taken(queryRunner: QueryRunner): Pending | undefined {
    const pending = this.pending.get(queryRunner);
    this.pending.delete(queryRunner);
    return pending;
  }

  /** Refuses what cannot be followed, and becomes the only writer before the first meta row is written. */
  private async begin({ queryRunner, metadata }: RowEvent): Promise<void> {
    if (!queryRunner.isTransactionActive) throw new TransactionRequiredError(metadata.name);
    if (this.frames.isApplying(queryRunner)) throw new ChangeInReceiverError();
    await this.becomeOnlyWriter(queryRunner);
  }

  /** Takes the schema lock, once in a transaction. @throws SchemaBusyError */
  async becomeOnlyWriter(queryRunner: QueryRunner): Promise<void> {
    await this.frames.inTurn(queryRunner, async () => {
      const frame = this.frames.top(queryRunner);
      if (frame === undefined || this.frames.isLocked(queryRunner)) return;
      await acquireSchemaLock(queryRunner, this.options.schemaLockTimeout);
      frame.locked = true;
    });
  }

  private touch({ queryRunner, metadata }: RowEvent, row: Identified): void {
    const frame = this.frames.top(queryRunner);
    if (frame === undefined) return;
    const id = row?.id;
    if (typeof id !== 'string') frame.unknown = true;
    else (metadata.target === MetaModel ? frame.models : frame.fields).add(id);
  }

  /** A field that moves or goes must be remembered under the model that it leaves. */
  private async touchOwner({ queryRunner, metadata }: RowEvent, row: Identified): Promise<void> {
    const id = row?.id;
    if (metadata.target !== MetaField || typeof id !== 'string') return;
    const owner = await this.frames.inTurn(queryRunner, () => this.changes.ownerOf(id, queryRunner));
    if (owner !== undefined) this.frames.top(queryRunner)?.models.add(owner);
  }
}

import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ModelsDatabase } from '../database/models-database.js';
import { Notifications } from '../database/notifications.js';
import { StatementRunner } from '../database/statement-runner.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import type { RecordChange, RecordNews, RecordNewsDesk } from '../records/record-news.js';
import { Dependents } from './dependents.js';
import { ModelRegistry } from './model.registry.js';
import { messageOf, type RecordMessage, textOfNews, textOfWatch, type WatchMessage } from './record-messages.js';
import { Watches } from './watches.js';

/** Channel on which nodes tell each other which models they follow, and what becomes of their records. */
export const RECORD_CHANNEL = 'dynamo_records';

/** How often a node says what it follows, in milliseconds; what it has not said for three times as long is forgotten. */
const REPEAT = 10_000;
/** How long a new listener waits until all nodes must have heard of it. */
const LONGEST_ECHO = 1000;

const TELL = 'SELECT pg_notify($1, news) FROM unnest($2::text[]) AS news';

/** Who wants to know what becomes of records. */
export interface RecordWatcher {
  received(news: RecordMessage): void;
  /** Some may have gone unheard. */
  missed(): void;
}

/**
 * Tells all nodes of the database what becomes of records, as long as any of them follows the model: a write that nobody
 * waits for takes no more than a look into a map. Who follows what goes over the same channel and expires by itself.
 */
@Injectable()
export class RecordWatch implements RecordNewsDesk, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RecordWatch.name);
  private readonly node = randomUUID();
  private readonly watches = new Watches(REPEAT * 3);
  private readonly echoes = new Set<() => void>();
  private readonly notifications: Notifications;
  private readonly pool: StatementRunner;
  private watcher: RecordWatcher | undefined;
  private repeating: NodeJS.Timeout | undefined;
  private isListening = false;
  private isStopped = false;

  constructor(
    @Inject(ModelsDatabase) { dataSource }: ModelsDatabase,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(Dependents) private readonly dependents: Dependents,
    @Inject(DYNAMO_OPTIONS) { listenUrl }: ResolvedDynamoOptions,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
    const receiver = {
      received: (payload: string) => this.received(payload),
      connected: () => this.connected(),
      lost: () => void (this.isListening = false),
    };
    this.notifications = new Notifications(dataSource, RECORD_CHANNEL, receiver, listenUrl);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.repeating = setInterval(() => void this.repeat(), REPEAT).unref();
    await this.notifications.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.repeating);
    await this.notifications.stop();
  }

  /** Who hears of all records that this node follows. */
  connect(watcher: RecordWatcher): void {
    this.watcher = watcher;
  }

  /** Follows the records of models until the function that it returns is called. Waits until the other nodes know. */
  async follow(models: readonly string[]): Promise<() => void> {
    if (this.watches.add(models)) await this.announce();
    return () => {
      if (this.watches.remove(models)) void this.announce();
    };
  }

  isAwaited(model: string, change: RecordChange): boolean {
    if (this.watches.isEmpty) return false;
    const id = this.registry.find(model)?.id;
    if (id === undefined) return false;
    if (this.watches.has(id)) return true;
    return change === 'deleted' && this.dependents.of(id).some((other) => this.watches.has(other.id));
  }

  async tell(runner: StatementRunner, news: readonly RecordNews[]): Promise<void> {
    const messages = news.flatMap(({ model, change, ids }): readonly RecordMessage[] => {
      const id = this.registry.find(model)?.id;
      if (id === undefined) return [];
      const others = change === 'deleted' ? this.dependents.of(id) : [];
      return [
        { model: id, change, ids },
        ...others.map((other) => ({ model: other.id, change: other.change, ids: null })),
      ];
    });
    const texts = messages.filter(({ model }) => this.watches.has(model)).map(textOfNews);
    if (texts.length > 0) await runner.rows(TELL, [RECORD_CHANNEL, texts]);
  }

  private received(payload: string): void {
    const message = messageOf(payload);
    if (message === undefined) return;
    if ('change' in message) return this.watcher?.received(message);
    if (message.asks && message.node !== this.node) void this.repeat();
    if (message.node !== this.node) return this.watches.learn(message.node, message.models);
    for (const heard of this.echoes) heard();
  }

  /** What was said before is lost. */
  private connected(): void {
    this.isListening = true;
    void this.say({ node: this.node, models: this.watches.own, asks: true });
    this.watcher?.missed();
  }

  private async repeat(): Promise<void> {
    if (this.watches.own.length > 0) await this.say({ node: this.node, models: this.watches.own, asks: false });
  }

  /** Resolves when this node hears itself, and so do the others. */
  private async announce(): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(late);
        this.echoes.delete(done);
        resolve();
      };
      const late = setTimeout(done, LONGEST_ECHO).unref();
      if (this.isListening) this.echoes.add(done);
      else done();
    });
    await this.say({ node: this.node, models: this.watches.own, asks: false });
    await heard;
  }

  private async say(message: WatchMessage): Promise<void> {
    // The connections are about to be closed; what this node has said expires.
    if (this.isStopped) return;
    try {
      await this.pool.rows(TELL, [RECORD_CHANNEL, [textOfWatch(message)]]);
    } catch (error) {
      this.logger.warn(`Cannot tell other processes which records are followed here: ${String(error)}`);
    }
  }
}

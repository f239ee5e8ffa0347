import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CHANGE_CHANNEL } from '../database/applied-model.store.js';
import { ModelsDatabase } from '../database/models-database.js';
import { Notifications } from '../database/notifications.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { ModelLoader } from '../pipeline/model.loader.js';
import { ModelRegistry } from '../pipeline/model.registry.js';
import { NotificationProbe } from './notification-probe.js';

/**
 * Keeps this node's models those of the database: changes of other processes are adopted as they are announced. What is
 * announced while the connection is down is lost, so this node also looks by itself.
 */
@Injectable()
export class SchemaListener implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SchemaListener.name);
  private readonly notifications: Notifications;
  private readonly probe: NotificationProbe;
  private looking: NodeJS.Timeout | undefined;
  private isConnected = false;
  private hasComplained = false;
  private announced = 0;

  constructor(
    @Inject(ModelsDatabase) database: ModelsDatabase,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
  ) {
    this.probe = new NotificationProbe(database.dataSource, CHANGE_CHANNEL);
    const receiver = {
      received: (payload: string) => {
        this.probe.receive(payload);
        if (!(Number(payload) > this.registry.version)) return;
        this.announced = Math.max(this.announced, Number(payload));
        void this.look();
      },
      connected: () => {
        this.isConnected = true;
        this.hasComplained = false;
        // What was committed before the connection stood was announced to nobody here; and it may lead elsewhere now.
        void this.look(() => this.loader.reconcile());
        void this.requireArrival();
      },
      lost: (reason?: unknown) => this.lose(reason),
    };
    this.notifications = new Notifications(database.dataSource, CHANGE_CHANNEL, receiver, options.listenUrl);
  }

  /** Whether announcements arrive; without them changes are only looked for. */
  get isListening(): boolean {
    return this.isConnected;
  }

  /** The newest schema version that was announced; 0 before there was any that was not known already. */
  get newestAnnounced(): number {
    return this.announced;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.looking = setInterval(() => void this.look(), this.options.schemaPollInterval).unref();
    await this.notifications.start();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.looking);
    await this.notifications.stop();
  }

  private async look(work = () => this.loader.catchUp()): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn(`Cannot look for changes of other processes: ${String(error)}`);
    }
  }

  /** A connection that hears nothing is given up. */
  private async requireArrival(): Promise<void> {
    try {
      if ((await this.probe.arrives()) || !this.isConnected) return;
      this.logger.warn(
        `Notifications of the database do not arrive, as behind a connection pooler, so changes of other processes are only looked for, every ${this.options.schemaPollInterval} ms. Set listenUrl (DYNAMO_LISTEN_URL) to an address that leads to the database directly.`,
      );
      this.isConnected = false;
      await this.notifications.stop();
    } catch (error) {
      this.logger.warn(`Cannot try whether notifications arrive: ${String(error)}`);
    }
  }

  /** Said once, however often it is tried again. */
  private lose(reason: unknown): void {
    this.isConnected = false;
    if (this.hasComplained || reason === undefined) return;
    this.hasComplained = true;
    this.logger.warn(`Cannot listen for changes of other processes: ${String(reason)}`);
  }
}

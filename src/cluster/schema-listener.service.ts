import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CHANGE_CHANNEL } from '../database/applied-model.store.js';
import { ModelsDatabase } from '../database/models-database.js';
import { Notifications } from '../database/notifications.js';
import { ModelLoader } from '../pipeline/model.loader.js';
import { ModelRegistry } from '../pipeline/model.registry.js';

/** Notifications that are sent while the connection is down are lost, so this node also looks by itself, in milliseconds. */
const LOOK_INTERVAL = 5000;

/** Keeps this node's models those of the database: changes of other processes are adopted as they are announced. */
@Injectable()
export class SchemaListener implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SchemaListener.name);
  private readonly notifications: Notifications;
  private looking: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ModelsDatabase) database: ModelsDatabase,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
  ) {
    this.notifications = new Notifications(database.dataSource, CHANGE_CHANNEL, {
      received: (version) => {
        if (Number(version) > this.registry.version) void this.look();
      },
      // What was committed before the connection stood was announced to nobody here.
      connected: () => void this.look(),
      lost: (reason) => {
        if (reason !== undefined) this.logger.warn(`Cannot listen for changes of other processes: ${String(reason)}`);
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.looking = setInterval(() => void this.look(), LOOK_INTERVAL).unref();
    await this.notifications.start();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.looking);
    await this.notifications.stop();
  }

  private async look(): Promise<void> {
    try {
      await this.loader.catchUp();
    } catch (error) {
      this.logger.warn(`Cannot look for changes of other processes: ${String(error)}`);
    }
  }
}

import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { listenForChanges } from '../database/change-notifications.js';
import { ModelsDatabase } from '../database/models-database.js';
import { ModelLoader } from '../pipeline/model.loader.js';
import { ModelRegistry } from '../pipeline/model.registry.js';

/** Notifications that are sent while the connection is down are lost, so this node also looks by itself, in milliseconds. */
const LOOK_INTERVAL = 5000;
const RECONNECT_DELAY = 1000;

/** Keeps this node's models those of the database: changes of other processes are adopted as they are announced. */
@Injectable()
export class SchemaListener implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SchemaListener.name);
  private looking: NodeJS.Timeout | undefined;
  private reconnecting: NodeJS.Timeout | undefined;
  private stopListening: (() => Promise<void>) | undefined;
  private isStopped = false;

  constructor(
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.looking = setInterval(() => void this.look(), LOOK_INTERVAL).unref();
    await this.listen();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.looking);
    clearTimeout(this.reconnecting);
    await this.stopListening?.();
  }

  private async listen(): Promise<void> {
    try {
      this.stopListening = await listenForChanges(
        this.database.dataSource,
        (version) => {
          if (version > this.registry.version) void this.look();
        },
        () => this.reconnect(),
      );
      // What was committed before the connection stood was announced to nobody here.
      await this.look();
    } catch (error) {
      this.logger.warn(`Cannot listen for changes of other processes: ${String(error)}`);
      this.reconnect();
    }
    if (this.isStopped) await this.stopListening?.();
  }

  private reconnect(): void {
    this.stopListening = undefined;
    clearTimeout(this.reconnecting);
    if (!this.isStopped) this.reconnecting = setTimeout(() => void this.listen(), RECONNECT_DELAY).unref();
  }

  private async look(): Promise<void> {
    try {
      await this.loader.catchUp();
    } catch (error) {
      this.logger.warn(`Cannot look for changes of other processes: ${String(error)}`);
    }
  }
}

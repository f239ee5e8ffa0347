import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Replicas } from '../database/replicas/replicas.js';

/** How often replicas are asked how far they are, in milliseconds. */
const INTERVAL = 1000;

/** Keeps it known which replicas can be read from. */
@Injectable()
export class ReplicaWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private looking: NodeJS.Timeout | undefined;

  constructor(@Inject(Replicas) private readonly replicas: Replicas) {}

  onApplicationBootstrap(): void {
    if (!this.replicas.areThere) return;
    void this.replicas.look();
    this.looking = setInterval(() => void this.replicas.look(), INTERVAL).unref();
  }

  /** Not before: requests that are under way still read after `onModuleDestroy`. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.looking);
    await this.replicas.close();
  }
}

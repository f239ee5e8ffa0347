import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ModelLoader } from './model.loader.js';

/** How often this process notes that it runs, in milliseconds. */
const TICK = 100;
/** Without a note for longer it has slept, in milliseconds. */
const LONGEST_NAP = 300;

/**
 * Notices that this process has slept: it was stopped, its machine was, or something kept it busy. What was announced
 * meanwhile is still unread then, and requests that are read before it would be refused for what is long true.
 */
@Injectable()
export class Wakefulness implements OnModuleDestroy {
  private lastAwake = performance.now();
  private catchingUp: Promise<void> | undefined;
  private readonly ticking = setInterval(() => this.afterSleep(), TICK).unref();

  constructor(@Inject(ModelLoader) private readonly loader: ModelLoader) {}

  onModuleDestroy(): void {
    clearInterval(this.ticking);
  }

  /** Resolves when this node knows what it has slept through; undefined when there is nothing to wait for. */
  afterSleep(): Promise<void> | undefined {
    const now = performance.now();
    const nap = now - this.lastAwake;
    this.lastAwake = now;
    if (nap > LONGEST_NAP) this.catchUp();
    return this.catchingUp;
  }

  private catchUp(): void {
    const done = () => {
      if (this.catchingUp === catchingUp) this.catchingUp = undefined;
    };
    // Where the database is away, what waits for this finds out by itself.
    const catchingUp = this.loader.catchUp().then(done, done);
    this.catchingUp = catchingUp;
  }
}

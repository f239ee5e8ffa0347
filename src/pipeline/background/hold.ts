import type { DataSource } from 'typeorm';
import type { BackgroundChangeStore } from '../../database/background-change.store.js';
import type { Queried } from '../../database/query-rows.js';

/** Somebody else has taken the change over, who goes on with it. */
export class HoldLost extends Error {
  constructor() {
    super('Another process works on this change now.');
  }
}

/** Nobody wants the change any more. */
export class NoLongerWanted extends Error {
  constructor() {
    super('The change was cancelled.');
  }
}

/** How often the change is said to be worked on, in milliseconds; several times in the time after which others take it over. */
const INTERVAL = 2000;

/** The right to work on a change, as long as this process says that it does. */
export class Hold {
  private timer: NodeJS.Timeout | undefined;
  private reason: Error | undefined;
  /** Ends what takes long. */
  interrupt: (() => void) | undefined;
  /** Asked each time that the change is said to be worked on. */
  look: (() => Promise<void>) | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly store: BackgroundChangeStore,
    readonly id: string,
    readonly owner: string,
  ) {}

  begin(): void {
    this.timer = setInterval(() => void this.renew().catch(() => undefined), INTERVAL).unref();
  }

  end(): void {
    clearInterval(this.timer);
  }

  /** @param reason that whoever asks from now on is told */
  stop(reason: Error): void {
    this.reason ??= reason;
    this.interrupt?.();
  }

  /**
   * Makes sure, in a transaction, that nobody else works on the change, and nobody will before it is over.
   *
   * @throws HoldLost, NoLongerWanted
   */
  async require(source: Queried): Promise<void> {
    if (this.reason !== undefined) throw this.reason;
    const held = await this.store.renew(source, this.id, this.owner);
    if (held === undefined) throw new HoldLost();
    if (held.isCancelled) throw new NoLongerWanted();
  }

  /** The same at this moment. @throws HoldLost, NoLongerWanted */
  async requireNow(): Promise<void> {
    await this.require(this.dataSource);
  }

  private async renew(): Promise<void> {
    const held = await this.store.renew(this.dataSource, this.id, this.owner);
    if (held === undefined) this.stop(new HoldLost());
    else if (held.isCancelled) this.stop(new NoLongerWanted());
    else await this.look?.();
  }
}

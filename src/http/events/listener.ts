import type { AccessView } from '../../pipeline/access-view.js';
import type { AccessViews } from '../../pipeline/access-views.js';
import type { Caller } from '../../pipeline/caller.js';
import { EventStream } from './event-stream.js';
import type { Sight } from './sight.js';

/** What is known of whoever listens is believed for this long, in milliseconds. */
const BELIEVED = 1000;

/** Somebody who listens, for as long as the connection stands and they are who they were. */
export class Listener {
  readonly stream = new EventStream();
  private checked = Date.now();
  private checking: Promise<boolean> | undefined;

  /**
   * @param models ids of the models whose records are followed
   * @param sight what whoever listens knows of the models
   */
  constructor(
    private readonly views: AccessViews,
    private readonly request: object,
    private caller: Caller,
    readonly models: ReadonlySet<string>,
    public sight: Sight,
  ) {}

  get view(): AccessView | undefined {
    return this.caller.view;
  }

  /** Asks again who listens, and what they may do. @returns false when that is over, and the stream with it */
  async renew(): Promise<boolean> {
    if (this.stream.isOver) return false;
    if (Date.now() - this.checked < BELIEVED) return true;
    this.checking ??= this.check().finally(() => (this.checking = undefined));
    return this.checking;
  }

  private async check(): Promise<boolean> {
    const before = this.caller.view?.isKnownUser;
    try {
      this.caller = await this.views.again(this.request);
      this.checked = Date.now();
    } catch {
      // A key that is none any more, or a database that does not say: whoever it is connects again and is told.
      this.stream.end();
      return false;
    }
    if (before !== true || this.caller.view?.isKnownUser !== false) return true;
    this.stream.end();
    return false;
  }
}

import { keepPosition } from '../api/heard-position.js';
import { pageSettings } from '../app/page-settings.js';
import { parseEvent, type ServerEvent } from './server-event.js';

/** After how long a connection that was refused is tried again, in milliseconds; twice as long each time, at most. */
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60_000;
/** A page that is opened follows its models a moment after the page before has stopped to follow its own. */
const MOMENT = 50;
/** How often everything is asked for while no events come, in milliseconds. */
const POLL = 20_000;

/**
 * The one connection of the page to the server's events. It is open while somebody listens and the page is to be seen:
 * browsers have few connections to one server, and many tabs. While there is none, everything is asked for now and then.
 */
class EventChannel {
  private readonly receivers = new Set<(event: ServerEvent) => void>();
  private readonly followed = new Map<string, number>();
  private source: EventSource | undefined;
  /** Takes the place of the other as soon as it stands, so that nothing goes unheard in between. */
  private next: EventSource | undefined;
  private due: number | undefined;
  private polling: number | undefined;
  private refusals = 0;
  /** The models whose records the connection tells. */
  private told: ReadonlySet<string> = new Set();

  /** Calls `receiver` with everything that happens, until the function that it returns is called. */
  listen(receiver: (event: ServerEvent) => void): () => void {
    if (this.receivers.size === 0) this.start();
    this.receivers.add(receiver);
    return () => {
      this.receivers.delete(receiver);
      if (this.receivers.size === 0) this.stop();
    };
  }

  /** Has the records of a model told, too. @param path such as `shop/product` */
  follow(path: string): () => void {
    this.count(path, 1);
    return () => this.count(path, -1);
  }

  private count(path: string, step: number): void {
    const before = this.followed.get(path) ?? 0;
    if (before + step > 0) this.followed.set(path, before + step);
    else this.followed.delete(path);
    if (before > 0 !== before + step > 0 && this.receivers.size > 0) this.soon(MOMENT);
  }

  private readonly turn = (): void => {
    if (document.hidden) this.close();
    else this.soon(0);
  };

  private start(): void {
    document.addEventListener('visibilitychange', this.turn);
    this.polling = window.setInterval(() => {
      if (this.source?.readyState !== EventSource.OPEN && !document.hidden) this.tell({ kind: 'missed' });
    }, POLL);
    this.soon(MOMENT);
  }

  private stop(): void {
    document.removeEventListener('visibilitychange', this.turn);
    window.clearInterval(this.polling);
    this.close();
  }

  private close(): void {
    window.clearTimeout(this.due);
    this.due = undefined;
    this.source?.close();
    this.next?.close();
    this.source = undefined;
    this.next = undefined;
  }

  private soon(delay: number): void {
    window.clearTimeout(this.due);
    this.due = window.setTimeout(() => this.open(), delay);
  }

  private open(): void {
    if (document.hidden || this.receivers.size === 0) return;
    this.next?.close();
    // A model that is none any more must not keep the others from being told.
    const paths = this.isReduced ? [] : [...this.followed.keys()].sort();
    const query = paths.length === 0 ? '' : `?models=${encodeURIComponent(paths.join(','))}`;
    const source = new EventSource(`${pageSettings.apiBase}/events${query}`);
    this.next = source;
    source.addEventListener('ready', ({ lastEventId }: MessageEvent<string>) => {
      keepPosition(lastEventId);
      this.ready(source, paths);
    });
    for (const kind of ['schema', 'records'] as const) {
      source.addEventListener(kind, ({ data, lastEventId }: MessageEvent<string>) => {
        keepPosition(lastEventId);
        this.tell(parseEvent(kind, data));
      });
    }
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) this.lost(source);
    });
  }

  private ready(source: EventSource, paths: readonly string[]): void {
    const isChange = source === this.next && this.source?.readyState === EventSource.OPEN;
    if (source === this.next) {
      this.source?.close();
      this.source = source;
      this.next = undefined;
    }
    if (this.isReduced) this.refused();
    else this.refusals = 0;
    // What was asked for a moment before may be older than the connection.
    if (!isChange) this.tell({ kind: 'missed' });
    for (const path of paths.filter((each) => isChange && !this.told.has(each))) this.tell({ kind: 'records', path });
    this.told = new Set(paths);
  }

  /** After one refusal it is asked for without records, after that with them again. */
  private get isReduced(): boolean {
    return this.refusals % 2 === 1;
  }

  /** The browser does not try again by itself. */
  private lost(source: EventSource): void {
    if (source === this.next) this.next = undefined;
    else if (source === this.source) this.source = undefined;
    else return;
    this.refused();
  }

  private refused(): void {
    this.refusals += 1;
    this.soon(Math.min(FIRST_RETRY * 2 ** this.refusals, LONGEST_RETRY));
  }

  private tell(event: ServerEvent): void {
    for (const receiver of this.receivers) receiver(event);
  }
}

export const eventChannel = new EventChannel();

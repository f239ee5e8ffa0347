import { Readable } from 'node:stream';

/** What a client has not read yet is kept up to this, in bytes. */
const MOST_KEPT = 256 * 1024;
/** Shorter than proxies wait for a sign of life, in milliseconds. */
const HEARTBEAT = 20_000;
/** After how long a client connects anew, in milliseconds; not all of them at once. */
const RETRY = 2000;
/** How long a client has to read what was written before the end, in milliseconds. */
const LAST_CHANCE = 1000;

/**
 * Server-sent events. What is written is kept until the client reads it, and a client that does not is let go.
 *
 * @example
 * const stream = new EventStream();
 * stream.send('schema', { change: 'created', app: 'shop', name: 'Product' });
 */
export class EventStream extends Readable {
  private readonly heart: NodeJS.Timeout;
  private last: NodeJS.Timeout | undefined;

  constructor() {
    super({ highWaterMark: MOST_KEPT });
    this.heart = setInterval(() => this.write(':\n\n'), HEARTBEAT).unref();
    this.write(`retry: ${RETRY + Math.floor(Math.random() * RETRY)}\n\n`);
  }

  get isOver(): boolean {
    return this.destroyed || this.last !== undefined;
  }

  /** @param id where records are read from replicas: the position that a request names to see what the event is about */
  send(event: string, data: object, id?: string): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n${id === undefined ? '' : `id: ${id}\n`}\n`);
  }

  /** Nothing more comes. */
  end(): void {
    if (this.isOver) return;
    clearInterval(this.heart);
    this.last = setTimeout(() => this.giveUp(), LAST_CHANCE).unref();
    this.push(null);
  }

  override _read(): void {}

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    clearInterval(this.heart);
    clearTimeout(this.last);
    callback(error);
  }

  private write(text: string): void {
    if (this.isOver) return;
    this.push(text);
    if (this.readableLength > MOST_KEPT) this.giveUp();
  }

  /** Only an error closes the connection on every HTTP server. */
  private giveUp(): void {
    this.destroy(new Error('The client does not read its events.'));
  }
}

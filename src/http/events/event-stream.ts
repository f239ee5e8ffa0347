import { Readable } from 'node:stream';

/** What a client has not read yet is kept up to this, in bytes. */
const MOST_KEPT = 256 * 1024;
/** Shorter than proxies wait for a sign of life, in milliseconds. */
const HEARTBEAT = 20_000;
/** After how long a client connects anew, in milliseconds; not all of them at once. */
const RETRY = 2000;

/**
 * Server-sent events. What is written is kept until the client reads it, and a client that does not is let go.
 *
 * @example
 * const stream = new EventStream();
 * stream.send('schema', { change: 'created', app: 'shop', name: 'Product' });
 */
export class EventStream extends Readable {
  private readonly heart: NodeJS.Timeout;

  constructor() {
    super({ highWaterMark: MOST_KEPT });
    this.heart = setInterval(() => this.write(':\n\n'), HEARTBEAT).unref();
    this.write(`retry: ${RETRY + Math.floor(Math.random() * RETRY)}\n\n`);
  }

  send(event: string, data: object): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** What was written is still read; nothing more comes. */
  end(): void {
    clearInterval(this.heart);
    if (!this.isOver) this.push(null);
  }

  override _read(): void {}

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    clearInterval(this.heart);
    callback(error);
  }

  private get isOver(): boolean {
    return this.destroyed || this.readableEnded || this.closed;
  }

  private write(text: string): void {
    if (this.isOver) return;
    this.push(text);
    if (this.readableLength > MOST_KEPT) this.destroy();
  }
}

import { Readable } from 'node:stream';
import { ExportTimedOutError } from '../../errors/exchange.error.js';
import type { ReadCursor } from '../../database/read-cursor.js';
import type { JsonText } from '../query/list-answer.js';
import type { ExportColumn } from './export-columns.js';
import type { ExportFormat } from './export-format.js';

interface ExportStreamOptions {
  readonly cursor: ReadCursor;
  readonly format: ExportFormat;
  readonly columns: readonly ExportColumn[];
  /** Records that have been fetched already. */
  readonly first: readonly JsonText[];
  /** An error of the database in the words of the model. */
  readonly translate: (error: unknown) => unknown;
  /** How long a reader may take nothing, in milliseconds. Default: {@link EXPORT_PATIENCE}. */
  readonly patience?: number;
}

/** Enough for slow lines; who only holds a connection of the database is let go. */
export const EXPORT_PATIENCE = 5 * 60_000;

/** A file of records that is read from the database as fast as somebody takes it. */
export class ExportStream extends Readable {
  private isBegun = false;
  private isEnded = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ExportStreamOptions) {
    super();
  }

  override _read(): void {
    clearTimeout(this.timer);
    this.nextPart().then(
      (part) => {
        if (!this.isEnded) this.wait();
        this.push(part);
      },
      (error: unknown) => this.destroy(asError(this.options.translate(error))),
    );
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    this.options.cursor.close().then(
      () => callback(error),
      (failure: unknown) => callback(error ?? asError(failure)),
    );
  }

  private wait(): void {
    const { patience = EXPORT_PATIENCE } = this.options;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.destroy(new ExportTimedOutError(patience / 1000)), patience);
  }

  /** The next part of the file, or null behind the last. */
  private async nextPart(): Promise<string | null> {
    const { cursor, format, columns, first } = this.options;
    if (this.isEnded) return null;
    const isFirst = !this.isBegun;
    this.isBegun = true;
    const records = isFirst ? first : await cursor.next();
    const begin = isFirst ? format.begin(columns) : '';
    if (records.length > 0) return begin + format.records(records, columns, isFirst);
    this.isEnded = true;
    // Before the last byte, so that nobody has a whole file while its connection is still busy.
    await cursor.close();
    return begin + format.end || null;
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

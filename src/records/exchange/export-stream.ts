import { Readable } from 'node:stream';
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
}

/** A file of records that is read from the database as fast as somebody takes it. */
export class ExportStream extends Readable {
  private isBegun = false;
  private isEnded = false;

  constructor(private readonly options: ExportStreamOptions) {
    super();
  }

  override _read(): void {
    this.nextPart().then(
      (chunk) => this.push(chunk),
      (error: unknown) => this.destroy(asError(this.options.translate(error))),
    );
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.options.cursor.close().then(
      () => callback(error),
      (failure: unknown) => callback(error ?? asError(failure)),
    );
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

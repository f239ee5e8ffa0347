import type { FieldError } from '../../errors/dynamo.error.js';
import type { ImportError, UnreadableFileError } from '../../errors/exchange.error.js';
import type { SourceRecord } from './source-record.js';

/** How many records were created and changed. */
export interface Written {
  readonly created: number;
  readonly updated: number;
}

/** What became of the records of a file so far. */
export class ImportTally {
  records = 0;
  created = 0;
  updated = 0;
  /** Records that are wrong; of their mistakes the first are listed. */
  failed = 0;
  /** Whether the file could be read no further. */
  isUnreadable = false;
  readonly errors: ImportError[] = [];

  /** @param mostErrors how many are listed */
  constructor(private readonly mostErrors: number) {}

  add({ created, updated }: Written): void {
    this.created += created;
    this.updated += updated;
  }

  refuse({ line, record }: Pick<SourceRecord, 'line' | 'record'>, errors: readonly FieldError[]): void {
    this.failed += 1;
    this.list(errors.map((error) => ({ ...error, line, record })));
  }

  stop({ errors, line }: UnreadableFileError): void {
    this.isUnreadable = true;
    this.list(errors.map((error) => ({ ...error, line, record: null })));
  }

  get isFull(): boolean {
    return this.errors.length >= this.mostErrors;
  }

  /** In the order of the file: what the database refuses is known later than what cannot be read. */
  get sorted(): readonly ImportError[] {
    const place = ({ record }: ImportError) => record ?? (this.records === 0 ? 0 : Infinity);
    return this.errors.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  }

  private list(errors: readonly ImportError[]): void {
    this.errors.push(...errors.slice(0, this.mostErrors - this.errors.length));
  }
}

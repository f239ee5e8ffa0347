import { DynamoError, type FieldError } from './dynamo.error.js';

/** One thing that is wrong with a file, and where. */
export interface ImportError extends FieldError {
  /** Physical line, from 1, on which the record begins; null where there are no lines. */
  readonly line: number | null;
  /** Number of the record, from 1; null for what is wrong with the file itself. */
  readonly record: number | null;
}

/** Records of a file were refused, or the file could not be read to its end. Nothing was written. */
export class ImportFailedError extends DynamoError {
  readonly status = 422;
  readonly code = 'import_failed';
  override readonly extensions: object;

  /**
   * @param errors the first of them
   * @param failed how many records were found that are wrong
   * @param records how many records were read
   */
  constructor(
    override readonly errors: readonly ImportError[],
    readonly failed: number,
    readonly records: number,
  ) {
    const [first] = errors;
    // What is wrong with the file itself says where.
    const place = first === undefined || first.line === null || first.record === null ? '' : `Line ${first.line}: `;
    super(`Nothing was imported.${first === undefined ? '' : ` ${place}${first.message}`}`, errors);
    this.extensions = { failed, records };
  }
}

/** A file cannot be read any further. */
export class UnreadableFileError extends DynamoError {
  readonly status = 422;

  /** @param line on which it is, from 1 */
  constructor(
    readonly code:
      | 'empty_file'
      | 'unknown_field'
      | 'unknown_column'
      | 'duplicate_column'
      | 'malformed_csv'
      | 'invalid_encoding'
      | 'invalid_type'
      | 'record_too_long',
    message: string,
    readonly line: number | null,
    path = '',
  ) {
    super(message, [{ path, code, message }]);
  }
}

/** The client stopped to send the file before its end. Nothing was written. */
export class ImportTimedOutError extends DynamoError {
  readonly status = 408;
  readonly code = 'import_timed_out';

  constructor(seconds: number) {
    super(`Nothing came for ${seconds} seconds, so nothing was imported. Send the file again.`);
  }
}

/** Nobody took the rest of a file. */
export class ExportTimedOutError extends DynamoError {
  readonly status = 408;
  readonly code = 'export_timed_out';

  constructor(seconds: number) {
    super(`Nobody took more of the file for ${seconds} seconds, so the export has ended. Ask for the file again.`);
  }
}

/** The client went away before the end of the file. Nothing was written. */
export class ImportInterruptedError extends DynamoError {
  readonly status = 400;
  readonly code = 'import_interrupted';

  constructor(options?: ErrorOptions) {
    super('The file ended before its time, so nothing was imported. Send it again.', [], options);
  }
}

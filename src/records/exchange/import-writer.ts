import { isAboutValuesOrNames } from '../../database/postgres-error.js';
import { DynamoError, type FieldError } from '../../errors/dynamo.error.js';
import { DatabaseUnavailableError, SchemaChangedError } from '../../errors/record.error.js';
import { SchemaBusyError } from '../../errors/schema-change.error.js';
import { type ConstraintFields, translateRecordError } from '../record-errors.js';
import type { RecordContext, RecordTransaction } from '../record-transaction.js';
import type { UpsertPart } from '../record-upsert.js';
import type { ImportTally } from './import-tally.js';
import type { ImportTarget } from './import-target.js';
import type { SourceRecord } from './source-record.js';

/** A record that is ready to be written. */
export interface Candidate {
  readonly source: Pick<SourceRecord, 'line' | 'record'>;
  readonly part: UpsertPart;
}

/** What no other record would have spared us. */
const CONCERNS_ALL = [SchemaChangedError, SchemaBusyError, DatabaseUnavailableError];

/** What a receiver throws to answer with a status of its own. */
const isHttpRefusal = (error: unknown): error is Error =>
  error instanceof Error && 'getStatus' in error && typeof error.getStatus === 'function';

/** Writes records together, and finds those that are at fault where that fails. */
export class ImportWriter {
  constructor(
    private readonly context: RecordContext,
    private readonly constraints: ConstraintFields,
    private readonly target: ImportTarget,
  ) {}

  /** Good records are written, the others are told to `tally`. @throws what is not about a record */
  async write(transaction: RecordTransaction, batch: readonly Candidate[], tally: ImportTally): Promise<void> {
    const parts = batch.map(({ part }) => part);
    try {
      tally.add(await transaction.attempt(() => this.target.write(transaction, parts)));
    } catch (error) {
      const errors = await this.refusal(transaction, error);
      const [only, ...others] = batch;
      if (only !== undefined && others.length === 0) return tally.refuse(only.source, errors);
      const middle = Math.ceil(batch.length / 2);
      await this.write(transaction, batch.slice(0, middle), tally);
      await this.write(transaction, batch.slice(middle), tally);
    }
  }

  /** What an error says about the records that were written. @throws what is not about a record */
  private async refusal(transaction: RecordTransaction, error: unknown): Promise<readonly FieldError[]> {
    const { model, rows } = this.context;
    // What a statement says about a table that has changed since is not what is wrong with the records.
    if (isAboutValuesOrNames(error)) await rows.requireCurrent(transaction.runner, { cause: error });
    if (isHttpRefusal(error)) return [{ path: '', code: 'vetoed', message: error.message }];
    const known = translateRecordError(error, model, 'write', this.constraints);
    if (!(known instanceof DynamoError) || CONCERNS_ALL.some((kind) => known instanceof kind)) throw known;
    return known.errors.length > 0 ? known.errors : [{ path: '', code: known.code, message: known.message }];
  }
}

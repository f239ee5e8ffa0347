import type { Author } from '../../access/author.js';
import type { RecordConnection } from '../../database/record-connection.js';
import { InvalidRecordError } from '../../errors/record.error.js';
import {
  type ImportError,
  ImportFailedError,
  ImportInterruptedError,
  UnreadableFileError,
} from '../../errors/exchange.error.js';
import type { RecordModel } from '../query/record-model.js';
import type { RawQuery } from '../query/request-values.js';
import { type ConstraintFields, translateRecordError } from '../record-errors.js';
import type { RecordStatements } from '../record-statements.js';
import { type RecordContext, RecordTransaction } from '../record-transaction.js';
import type { UpsertKeys } from '../upsert-key.js';
import { type ImportFile, sourceRecords } from './import-file.js';
import type { ImportNames } from './import-columns.js';
import { type ImportOptions, parseImportOptions } from './import-parameters.js';
import { ImportTally } from './import-tally.js';
import { type ImportTarget, importTarget } from './import-target.js';
import { type Candidate, ImportWriter } from './import-writer.js';
import type { SourceRecord } from './source-record.js';

/** What became of a file. */
export interface ImportReport {
  /** How many it has. */
  readonly records: number;
  readonly created: number;
  readonly updated: number;
  /** How many were left out, because they are wrong. */
  readonly failed: number;
  readonly dryRun: boolean;
  /** Fields that the server fills in, so that what the file says about them was not written. */
  readonly ignored: readonly string[];
  /** What is wrong: the first hundred, or as many as were asked for. */
  readonly errors: readonly ImportError[];
}

/** What the import of one version of a model works with. */
export interface ImportContext {
  readonly context: RecordContext;
  readonly connection: RecordConnection;
  readonly statements: RecordStatements;
  readonly constraints: ConstraintFields;
  readonly model: RecordModel;
  readonly keys: UpsertKeys;
  readonly names: ImportNames;
}

/** Records that are written together, at most. */
const BATCH_RECORDS = 500;
/** The same in characters of the file. */
const BATCH_SIZE = 4 * 1024 * 1024;

/** Ends a transaction that must leave no trace. */
class RolledBack extends Error {}

/** Whoever has gone away while the last of the file was on its way would not learn what was written. */
async function* unlessAborted<Item>(items: AsyncGenerator<Item>, signal?: AbortSignal): AsyncGenerator<Item> {
  for await (const item of items) {
    if (signal?.aborted) throw new ImportInterruptedError();
    yield item;
    if (signal?.aborted) throw new ImportInterruptedError();
  }
}

/** Reads the records of a file and writes them in one transaction. */
export class RecordImport {
  constructor(private readonly services: ImportContext) {}

  /**
   * @param signal ends the import early, and nothing is written
   * @throws InvalidQueryError, ImportFailedError, ImportTimedOutError, ImportInterruptedError, SchemaChangedError
   */
  async run(query: RawQuery, file: ImportFile, author: Author, signal?: AbortSignal): Promise<ImportReport> {
    const { context, statements, model, keys, names } = this.services;
    const options = parseImportOptions(query, keys);
    const tally = new ImportTally(options.mostErrors);
    const ignored = new Set<string>();
    const target = importTarget(context, statements, options.key);
    const { delimiter, columns } = options;
    const records = sourceRecords(file, { model, names, ignored, delimiter, columns });
    const batches = unlessAborted(this.batches(records, target, tally, options), signal);
    try {
      await this.write(batches, target, tally, options, author);
      // What is wrong with the rest is said at once, too.
      for await (const _batch of batches) continue;
    } catch (error) {
      throw translateRecordError(error, context.model, 'write', this.services.constraints);
    } finally {
      await batches.return(undefined);
    }
    const { failed, created, updated, records: count, sorted: errors } = tally;
    const isRefused = this.isRefused(tally, options);
    if (isRefused && !options.isDryRun) throw new ImportFailedError(errors, failed, count);
    return {
      records: count,
      created: isRefused ? 0 : created,
      updated: isRefused ? 0 : updated,
      failed,
      dryRun: options.isDryRun,
      ignored: [...ignored],
      errors,
    };
  }

  /** One transaction for all batches, as long as there is a chance that it is committed. */
  private async write(
    batches: AsyncGenerator<readonly Candidate[]>,
    target: ImportTarget,
    tally: ImportTally,
    options: ImportOptions,
    author: Author,
  ): Promise<void> {
    const { context, connection, constraints } = this.services;
    const writer = new ImportWriter(context, constraints, target);
    const isHopeless = () => !options.isDryRun && this.isRefused(tally, options);
    // Before a connection is taken: many files are wrong from the first line on.
    const first = await batches.next();
    if (isHopeless()) return;
    try {
      await RecordTransaction.run(context, connection, author, async (transaction) => {
        for (let step = first; step.done !== true && !isHopeless(); step = await batches.next()) {
          await writer.write(transaction, step.value, tally);
          await transaction.tellWritten();
        }
        if (options.isDryRun || isHopeless()) throw new RolledBack();
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
  }

  private isRefused({ isUnreadable, failed }: ImportTally, { skipsErrors }: ImportOptions): boolean {
    return isUnreadable || (failed > 0 && !skipsErrors);
  }

  /** The records that can be read and pass every check of the model. */
  private async *batches(
    records: AsyncIterable<SourceRecord>,
    target: ImportTarget,
    tally: ImportTally,
    options: ImportOptions,
  ): AsyncGenerator<readonly Candidate[]> {
    const { signals, model } = this.services.context;
    // Receivers are called once for each record, also where another record of the batch is refused.
    const isHeard = signals.isConnected('pre_save', model) || signals.isConnected('m2m_changed', model);
    const most = isHeard ? 1 : BATCH_RECORDS;
    let batch: Candidate[] = [];
    let size = 0;
    try {
      for await (const source of records) {
        tally.records += 1;
        batch.push(...this.candidates(source, target, tally));
        size += source.size;
        // Nothing will be written, and nobody reads more mistakes than these.
        if (tally.isFull && !options.skipsErrors && !options.isDryRun) return;
        if (batch.length < most && size < BATCH_SIZE) continue;
        yield batch;
        batch = [];
        size = 0;
      }
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      tally.stop(error);
    }
    if (batch.length > 0) yield batch;
  }

  private candidates(
    { body, errors, line, record }: SourceRecord,
    target: ImportTarget,
    tally: ImportTally,
  ): readonly Candidate[] {
    const source = { line, record };
    try {
      if (errors.length === 0) return [{ source, part: target.parse(body) }];
      tally.refuse(source, errors);
    } catch (error) {
      if (!(error instanceof InvalidRecordError)) throw error;
      tally.refuse(source, error.errors);
    }
    return [];
  }
}

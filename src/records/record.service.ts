import type { Author } from '../access/author.js';
import { isAboutValuesOrNames } from '../database/postgres-error.js';
import type { RecordConnection } from '../database/record-connection.js';
import type { StatementRunner } from '../database/statement-runner.js';
import { RecordNotFoundError } from '../errors/not-found.error.js';
import { InvalidRecordError } from '../errors/record.error.js';
import type { RecordId } from '../field-types/record-key.js';
import { RecordBatch } from './record-batch.js';
import { type ConstraintFields, translateRecordError } from './record-errors.js';
import type { RecordAction } from '../access/access-policy.js';
import type { JsonText } from './query/list-answer.js';
import type { ParsedRecord } from './record-parser.js';
import type { RecordChange } from './record-news.js';
import { type RecordSignal, SIGNALS_OF_DELETIONS, SIGNALS_OF_SAVES } from './record-signals.js';
import type { RecordStatements } from './record-statements.js';
import { type RecordContext, RecordTransaction } from './record-transaction.js';
import { RecordUpsert } from './record-upsert.js';
import { initially } from './relation-change.js';
import { idsIn, SingleWrite } from './single-write.js';
import type { UpsertKey } from './upsert-key.js';
import { destroyWhere, lockWhere, updateWhere, type WhereClause } from './where-clause.js';

/** Reads and writes the records of one version of one model. What needs one statement only takes no transaction. */
export class RecordService {
  private readonly pool: StatementRunner;
  private readonly batch: RecordBatch;
  private readonly single: SingleWrite;

  constructor(
    private readonly context: RecordContext,
    private readonly connection: RecordConnection,
    private readonly statements: RecordStatements,
    private readonly constraints: ConstraintFields,
  ) {
    this.pool = connection.runner;
    this.batch = new RecordBatch(statements);
    this.single = new SingleWrite(context, connection);
  }

  /** @param runner of the replica to read from @throws RecordNotFoundError */
  async retrieve(id: RecordId, runner: StatementRunner = this.connection.reader): Promise<JsonText> {
    const { access } = this.context;
    const read = () => (access.showsAll ? this.batch.read(id, runner) : access.one(runner, id));
    const json = await this.translated('read', read);
    if (json === undefined) throw new RecordNotFoundError(this.context.model, String(id));
    return json;
  }

  /** @throws InvalidRecordError, UniqueViolationError, RelatedRecordNotFoundError, VetoError */
  async create(body: unknown, author: Author): Promise<JsonText> {
    const { bodies, rows, access } = this.context;
    const record = bodies.parseWhole(body);
    if (this.mayPass('add', record) && this.isSimple(record) && !this.isHeard(SIGNALS_OF_SAVES)) {
      return this.written('created', (runner) => rows.insertOne(runner, record), idsIn);
    }
    return this.inTransaction('write', author, async (transaction) => {
      const [id = ''] = await transaction.create(await transaction.prepareNew([record]));
      const json = await rows.read(transaction.runner, id);
      await transaction.announceCreated([id], `[${json}]`);
      return access.shown(transaction.runner, id, json);
    });
  }

  /** All or nothing; the answer is in the order of `bodies`. */
  async createMany(bodies: readonly unknown[], author: Author): Promise<JsonText> {
    const { access } = this.context;
    const records = this.context.bodies.parseMany(bodies);
    if (records.length === 0) return '[]';
    if (
      this.mayPass('add', ...records) &&
      records.every((record) => this.isSimple(record)) &&
      !this.isHeard(SIGNALS_OF_SAVES)
    ) {
      return this.written('created', (runner) => this.context.rows.insertMany(runner, records), idsIn);
    }
    return this.inTransaction('write', author, async (transaction) => {
      const ids = await transaction.create(await transaction.prepareNew(records));
      const json = await this.context.rows.readMany(transaction.runner, ids);
      await transaction.announceCreated(ids, json);
      return access.shownMany(transaction.runner, ids, json);
    });
  }

  /** Changes the values that `body` gives. @throws RecordNotFoundError, InvalidRecordError, PreconditionFailedError, VetoError */
  async update(id: RecordId, body: unknown, author: Author, ifMatch?: string): Promise<JsonText> {
    return this.save(id, this.context.bodies.parsePatch(body), author, ifMatch);
  }

  /** Changes every value; what `body` leaves out becomes its default or empty. @throws as {@link update} */
  async replace(id: RecordId, body: unknown, author: Author, ifMatch?: string): Promise<JsonText> {
    const record = this.context.bodies.parseReplacement(body);
    if (record.id !== undefined && record.id !== id) {
      const message = `"id" is ${record.id}, but the address is that of ${id}. A record keeps its id: leave it out.`;
      throw new InvalidRecordError([{ path: 'id', code: 'read_only_field', message }]);
    }
    return this.save(id, record, author, ifMatch);
  }

  /** @throws RecordNotFoundError, RecordInUseError, PreconditionFailedError, VetoError */
  async destroy(id: RecordId, author: Author, ifMatch?: string): Promise<void> {
    if (this.mayPass('delete') && this.isUnconditional(ifMatch) && !this.isHeard(SIGNALS_OF_DELETIONS)) {
      return this.written(
        'deleted',
        (runner) => this.context.rows.destroy(runner, id),
        () => [id],
      );
    }
    return this.inTransaction('destroy', author, (transaction) => transaction.destroy(id, ifMatch));
  }

  /** Creates one record or many, or changes the given values of those that have the same key. All or nothing. */
  async upsert(key: UpsertKey, body: unknown, author: Author): Promise<JsonText> {
    const upsert = new RecordUpsert(this.context, this.statements, key);
    const parts = upsert.parse(body);
    if (parts.length === 0) return '[]';
    return this.inTransaction('write', author, async (transaction) => {
      const { ids } = await upsert.run(transaction, parts);
      const { rows, access } = this.context;
      const { runner } = transaction;
      if (Array.isArray(body)) return access.shownMany(runner, ids, await rows.readMany(runner, ids));
      const [id = ''] = ids;
      return access.shown(runner, id, await rows.read(runner, id));
    });
  }

  /** Changes the given values of all records that fit. @returns their number */
  async updateWhere(where: WhereClause, body: unknown, author: Author): Promise<number> {
    const record = this.context.bodies.parsePatch(body);
    this.requireShareable(record);
    if (this.mayPass('change', record) && this.isOneStatement(record)) {
      const columns = this.statements.columns.filter(({ field }) => record.columns.has(field.id));
      const values = [...where.values, ...columns.map(({ field }) => record.columns.get(field.id))];
      return this.translated('write', () =>
        this.single.count('updated', updateWhere(this.statements, columns, where), values),
      );
    }
    return this.eachWhere('write', where, author, async (transaction, id) => {
      await transaction.save(id, record);
    });
  }

  /** Deletes all records that fit. @returns their number @throws RecordInUseError */
  async destroyWhere(where: WhereClause, author: Author): Promise<number> {
    if (!this.connection.isPool || this.isHeard(SIGNALS_OF_DELETIONS)) {
      return this.eachWhere('destroy', where, author, (transaction, id) => transaction.destroy(id));
    }
    return this.translated('destroy', () =>
      this.single.count('deleted', destroyWhere(this.statements, where), where.values),
    );
  }

  private async save(id: RecordId, record: ParsedRecord, author: Author, ifMatch?: string): Promise<JsonText> {
    // What a record shows of those that point to it, the statement that changes them does not see.
    const isOne = this.isUnconditional(ifMatch) && this.isOneStatement(record) && !this.statements.showsItself;
    if (isOne && this.mayPass('change', record)) {
      return this.written(
        'updated',
        (runner) => this.context.rows.update(runner, id, record),
        () => [id],
      );
    }
    return this.inTransaction('write', author, (transaction) => transaction.save(id, record, ifMatch));
  }

  /** Whether one statement is enough: whoever asks may do it with every record, and sees all of what comes of it. */
  private mayPass(action: RecordAction, ...given: readonly ParsedRecord[]): boolean {
    const { access } = this.context;
    if (!this.connection.isPool || !access.showsAll || !access.isUnlimited(action)) return false;
    return !given.some((record) => access.related.isGivenIn(record));
  }

  /** Every record has a tag, so a star says no more than that there is a record. */
  private isUnconditional(ifMatch: string | undefined): boolean {
    return ifMatch === undefined || ifMatch.trim() === '*';
  }

  private isHeard(signals: readonly RecordSignal[]): boolean {
    return signals.some((signal) => this.context.signals.isConnected(signal, this.context.model));
  }

  /** Whether one UPDATE is enough. */
  private isOneStatement(record: ParsedRecord): boolean {
    const { identities } = this.statements;
    return record.relations.size === 0 && !identities.areGivenIn(record) && !this.isHeard(SIGNALS_OF_SAVES);
  }

  /** Whether one INSERT is enough: no value that a sequence must know of, no id that is pointed to, no related records. */
  private isSimple(record: ParsedRecord): boolean {
    const { primaryKey, showsItself, identities } = this.statements;
    const isPlain = record.id === undefined || !(primaryKey.identity || showsItself);
    const changes = [...record.relations.values()];
    return isPlain && !identities.areGivenIn(record) && changes.every((change) => initially(change).length === 0);
  }

  /** @throws InvalidRecordError for related records that can be those of one record only */
  private requireShareable({ relations }: ParsedRecord): void {
    const [name] = [...relations.keys()].filter((key) => this.context.relations.get(key)?.isManyToMany === false);
    if (name === undefined) return;
    const message = `"${name}" cannot be given for many records at once, because each of its records points to one only.`;
    throw new InvalidRecordError([{ path: name, code: 'single_record_only', message }]);
  }

  private async eachWhere(
    action: 'write' | 'destroy',
    where: WhereClause,
    author: Author,
    work: (transaction: RecordTransaction, id: RecordId) => Promise<void>,
  ): Promise<number> {
    return this.inTransaction(action, author, async (transaction) => {
      const query = lockWhere(this.statements, where);
      const found = await transaction.runner.rows<{ id: RecordId }>(query, where.values);
      if (found.length === 0) await this.context.rows.requireCurrent(transaction.runner);
      for (const { id } of found) {
        await work(transaction, id);
        await transaction.tellWritten();
      }
      return found.length;
    });
  }

  /** What one statement is enough for. */
  private async written<T>(
    change: RecordChange,
    work: (runner: StatementRunner) => Promise<T>,
    idsOf: (result: T) => readonly RecordId[],
  ): Promise<T> {
    return this.translated(change === 'deleted' ? 'destroy' : 'write', () => this.single.run(change, work, idsOf));
  }

  private async inTransaction<T>(
    action: 'write' | 'destroy',
    author: Author,
    work: (transaction: RecordTransaction) => Promise<T>,
  ): Promise<T> {
    return this.translated(action, () => RecordTransaction.run(this.context, this.connection, author, work));
  }

  private async translated<T>(action: 'read' | 'write' | 'destroy', work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // What a statement says about a table that has changed since is not what is wrong with the request.
      if (isAboutValuesOrNames(error)) await this.context.rows.requireCurrent(this.pool, { cause: error });
      throw translateRecordError(error, this.context.model, action, this.constraints);
    }
  }
}

import type { Author } from '../access/author.js';
import { etagOfText, requireMatch } from '../definition/etag.js';
import type { RecordConnection } from '../database/record-connection.js';
import type { StatementRunner } from '../database/statement-runner.js';
import type { RecordId } from '../field-types/record-key.js';
import type { RecordAccess } from './access/record-access.js';
import type { JsonText } from './query/list-answer.js';
import type { ParsedRecord, RecordParser } from './record-parser.js';
import { NewsOfTransaction, type RecordNewsDesk } from './record-news.js';
import type { RecordRows } from './record-rows.js';
import { type RecordAnnouncement, type RecordSignals, type ShownRecord, SIGNALS_OF_SAVES } from './record-signals.js';
import { RelatedWriter } from './related-writer.js';
import type { RelationStores } from './relation-stores.js';
import { TransactionSignals } from './transaction-signals.js';

/** What the writes of one version of a model work with. */
export interface RecordContext {
  /** Qualified name. */
  readonly model: string;
  /** Reads what receivers of signals have changed; they may write every field. */
  readonly parser: RecordParser;
  /** Reads bodies, which may give what their sender may write. */
  readonly bodies: RecordParser;
  readonly access: RecordAccess;
  readonly rows: RecordRows;
  readonly relations: RelationStores;
  readonly signals: RecordSignals;
  readonly news: RecordNewsDesk;
}

const shown = (json: JsonText): ShownRecord => JSON.parse(json) as ShownRecord;

/** Writes of records with everything that belongs to them, in one transaction: related records, signals, tags. */
export class RecordTransaction {
  private readonly related: RelatedWriter;
  private readonly news = new NewsOfTransaction();

  private constructor(
    private readonly context: RecordContext,
    readonly runner: StatementRunner,
    private readonly signals: TransactionSignals,
  ) {
    this.related = new RelatedWriter(context, runner, signals, this.news);
  }

  /** All of `work`, or nothing; afterwards its `post_…` signals. */
  static async run<T>(
    context: RecordContext,
    connection: RecordConnection,
    author: Author,
    work: (transaction: RecordTransaction) => Promise<T>,
  ): Promise<T> {
    const due: RecordAnnouncement[] = [];
    const answer = await connection.transaction(async (runner, manager) => {
      const signals = new TransactionSignals(context.signals, context.model, runner, manager, author);
      const transaction = new RecordTransaction(context, runner, signals);
      const result = await work(transaction);
      await signals.tellWritten();
      await transaction.news.tell(context.news, runner);
      due.push(...signals.due);
      return result;
    });
    context.signals.sendAfter(due);
    return answer;
  }

  /** Work that leaves no trace in the transaction when it fails, so that it can go on. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const { mark } = this.signals;
    const news = this.news.mark;
    await this.runner.rows('SAVEPOINT dynamo_attempt');
    try {
      const result = await work();
      await this.runner.rows('RELEASE SAVEPOINT dynamo_attempt');
      return result;
    } catch (error) {
      this.signals.returnTo(mark);
      this.news.returnTo(news);
      await this.runner.rows('ROLLBACK TO SAVEPOINT dynamo_attempt');
      await this.runner.rows('RELEASE SAVEPOINT dynamo_attempt');
      throw error;
    }
  }

  /**
   * Calls the receivers of record_written for what has been written. Long transactions do so now and then, so that it
   * does not pile up; the last time is the end of the transaction.
   *
   * @throws VetoError, or the receiver's own HttpException or DynamoError
   */
  async tellWritten(): Promise<void> {
    await this.signals.tellWritten();
  }

  /** New records as the receivers of pre_save want them. @throws RelatedRecordNotFoundError, VetoError */
  async prepareNew(records: readonly ParsedRecord[]): Promise<readonly ParsedRecord[]> {
    const { access } = this.context;
    await access.related.requireSeen(this.runner, records);
    if (!this.signals.isHeard('pre_save')) return records;
    const prepared: ParsedRecord[] = [];
    for (const record of records) prepared.push(await this.revise(record, null, null));
    return prepared;
  }

  /** @param records as {@link prepareNew} gave them @returns their ids, in the same order */
  async create(records: readonly ParsedRecord[]): Promise<readonly RecordId[]> {
    const ids = await this.context.rows.insert(this.runner, records);
    await this.relateNew(ids, records);
    return ids;
  }

  /** The related records of rows that have just been made. */
  async relateNew(ids: readonly RecordId[], records: readonly ParsedRecord[]): Promise<void> {
    const { rows, access, model } = this.context;
    this.news.note(model, 'created', ids);
    await this.related.add(ids, records);
    if (records.some(({ relations: given }) => given.size > 0)) await rows.requireCurrent(this.runner);
    await access.requireAfter(this.runner, 'add', ids);
  }

  /** @throws RecordNotFoundError, PreconditionFailedError, VetoError, InvalidRecordError */
  async save(id: RecordId, record: ParsedRecord, ifMatch?: string): Promise<JsonText> {
    const { rows, access } = this.context;
    await rows.announceIdentities(this.runner, [record]);
    await rows.lock(this.runner, id);
    await access.requireBefore(this.runner, 'change', id);
    const [isRevised, isNoted] = [this.signals.isHeard('pre_save'), this.signals.isHeard('record_written')];
    const stored = isRevised || isNoted || ifMatch !== undefined ? await rows.read(this.runner, id) : '';
    await this.requireMatch(ifMatch, id, stored);
    await access.related.requireSeen(this.runner, [record], async () => shown(await rows.read(this.runner, id)));
    const revised = isRevised ? await this.revise(record, id, shown(stored)) : record;
    if (isRevised) await rows.announceIdentities(this.runner, [revised]);
    await rows.update(this.runner, id, revised);
    this.news.note(this.context.model, 'updated', [id]);
    for (const [name, change] of revised.relations) {
      await this.related.change(id, this.context.relations.get(name), change, record.relations.get(name));
    }
    if (revised.relations.size > 0) await rows.requireCurrent(this.runner);
    await access.requireAfter(this.runner, 'change', [id]);
    const json = await rows.read(this.runner, id);
    this.signals.changed(id, isNoted ? stored : undefined, json);
    return access.shown(this.runner, id, json);
  }

  /** Records that are locked; without receivers or related records in as few statements as there are sets of fields. */
  async saveMany(changes: readonly (readonly [RecordId, ParsedRecord])[]): Promise<void> {
    const { rows, access } = this.context;
    const isHeard = SIGNALS_OF_SAVES.some((signal) => this.signals.isHeard(signal));
    const isLimited = !access.isUnlimited('change') || changes.some(([, record]) => access.related.isGivenIn(record));
    if (isHeard || isLimited || changes.some(([, { relations }]) => relations.size > 0)) {
      for (const [id, record] of changes) await this.save(id, record);
      return;
    }
    await rows.announceIdentities(
      this.runner,
      changes.map(([, record]) => record),
    );
    await rows.updateMany(this.runner, changes);
    const ids = changes.map(([id]) => id);
    this.news.note(this.context.model, 'updated', ids);
  }

  /** @throws RecordNotFoundError, PreconditionFailedError, VetoError */
  async destroy(id: RecordId, ifMatch?: string): Promise<void> {
    const { rows, access } = this.context;
    await rows.lock(this.runner, id);
    await access.requireBefore(this.runner, 'delete', id);
    const stored = await rows.read(this.runner, id);
    await this.requireMatch(ifMatch, id, stored);
    const record = shown(stored);
    await this.signals.deleting(id, record);
    await rows.destroy(this.runner, id);
    this.news.note(this.context.model, 'deleted', [id]);
    this.signals.deleted(id, record);
  }

  /** What receivers are to know of records that are new. @param json array of them where it is known */
  async announceCreated(ids: readonly RecordId[], json?: JsonText): Promise<void> {
    const { signals, context } = this;
    if (ids.length === 0 || !(signals.isHeard('record_written') || signals.isHeard('post_save'))) return;
    signals.created(ids, json ?? (await context.rows.readMany(this.runner, ids)));
  }

  /** The tag is that of what the sender has seen. @throws PreconditionFailedError */
  private async requireMatch(ifMatch: string | undefined, id: RecordId, stored: JsonText): Promise<void> {
    if (ifMatch === undefined) return;
    const seen = await this.context.access.shown(this.runner, id, stored);
    requireMatch(ifMatch, () => etagOfText(seen));
  }

  private async revise(record: ParsedRecord, id: RecordId | null, stored: ShownRecord | null): Promise<ParsedRecord> {
    const { parser } = this.context;
    const values = parser.valuesOf(record);
    await this.signals.saving(id, stored, values);
    return parser.parseAgain(record, values);
  }
}

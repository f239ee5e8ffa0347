import type { EntityManager } from 'typeorm';
import type { Author } from '../access/author.js';
import type { StatementRunner } from '../database/statement-runner.js';
import type { Json } from '../definition/field-definition.js';
import type { RecordId } from '../field-types/record-key.js';
import type { JsonText } from './query/list-answer.js';
import type {
  RecordAnnouncement,
  RecordSignal,
  RecordSignals,
  RecordWritten,
  RelationChanged,
  ShownRecord,
} from './record-signals.js';
import type { RelatedModel } from './relation-store.js';

/** A record that was written, which is still to be told. */
type Entry = Pick<RecordWritten, 'model' | 'id' | 'before' | 'after'>;

/** What had been said at some moment. */
interface Mark {
  readonly due: number;
  readonly written: ReadonlyMap<string, Entry>;
}

const actionOf = ({ before, after }: Entry): RecordWritten['action'] => {
  if (before === null) return 'add';
  return after === null ? 'delete' : 'change';
};

const parsed = (json: JsonText): ShownRecord => JSON.parse(json) as ShownRecord;

/** What one transaction says of the records of a model that it writes: before, while and, once it is over, after. */
export class TransactionSignals {
  /** For after COMMIT. */
  readonly due: RecordAnnouncement[] = [];
  /** By model and id, so that each is told once. */
  private written = new Map<string, Entry>();

  constructor(
    private readonly signals: RecordSignals,
    private readonly model: string,
    private readonly runner: StatementRunner,
    private readonly manager: EntityManager,
    private readonly author: Author,
  ) {}

  isHeard(signal: RecordSignal, model = this.model): boolean {
    return this.signals.isConnected(signal, model);
  }

  /** @param values may be changed @throws VetoError, or the receiver's own HttpException or DynamoError */
  async saving(id: RecordId | null, record: ShownRecord | null, values: { [name: string]: Json }): Promise<void> {
    const { model, manager, author } = this;
    await this.signals.sendBefore('pre_save', {
      model,
      id,
      created: id === null,
      record,
      values,
      manager,
      ...author,
    });
  }

  /** @param json array of the new records, as they are stored now */
  created(ids: readonly RecordId[], json: JsonText): void {
    const isNoted = this.isHeard('record_written');
    if (!isNoted && !this.isHeard('post_save')) return;
    const records = JSON.parse(json) as readonly ShownRecord[];
    for (const [position, record] of records.entries()) {
      const id = ids[position] ?? '';
      if (isNoted) this.note(this.model, id, null, record);
      this.announceSaved(id, true, record);
    }
  }

  /** @param before undefined where nobody wanted to know */
  changed(id: RecordId, before: JsonText | undefined, after: JsonText): void {
    if (before !== undefined) this.note(this.model, id, parsed(before), parsed(after));
    if (this.isHeard('post_save')) this.announceSaved(id, false, parsed(after));
  }

  /** @throws VetoError, or the receiver's own HttpException or DynamoError */
  async deleting(id: RecordId, record: ShownRecord): Promise<void> {
    const { model, manager, author } = this;
    await this.signals.sendBefore('pre_delete', { model, id, record, manager, ...author });
  }

  deleted(id: RecordId, record: ShownRecord): void {
    const { model, author } = this;
    if (this.isHeard('record_written')) this.note(model, id, record, null);
    if (this.isHeard('post_delete'))
      this.due.push({ signal: 'post_delete', payload: { model, id, record, ...author } });
  }

  /** Related records that come or go. @throws VetoError, or the receiver's own HttpException or DynamoError */
  async related(
    field: string,
    action: RelationChanged['action'],
    id: RecordId,
    ids: readonly RecordId[],
  ): Promise<void> {
    const { model, manager, author } = this;
    if (ids.length === 0 || !this.isHeard('m2m_changed')) return;
    const payload = { model, id, field, action, ids, ...author };
    if (action.startsWith('pre_')) await this.signals.sendBefore('m2m_changed', { ...payload, manager });
    else this.due.push({ signal: 'm2m_changed', payload: { ...payload, manager: null } });
  }

  /**
   * Finds out which records of another model some work writes.
   *
   * @param touched ids of those that it may write
   */
  async noteRelated(
    { model, rows: rowsOf }: RelatedModel,
    touched: () => Promise<readonly RecordId[]>,
    work: () => Promise<void>,
  ): Promise<void> {
    if (!this.isHeard('record_written', model)) return work();
    const rows = rowsOf();
    const ids = await rows.lockMany(this.runner, await touched());
    const before = await rows.readEach(this.runner, ids);
    await work();
    const after = await rows.readEach(this.runner, ids);
    for (const id of ids) {
      const [was, is] = [before.get(id), after.get(id)];
      if (was !== undefined && is !== undefined && was !== is) this.note(model, id, parsed(was), parsed(is));
    }
  }

  get mark(): Mark {
    return { due: this.due.length, written: new Map(this.written) };
  }

  /** Nothing of what was written since is true any more. */
  returnTo({ due, written }: Mark): void {
    this.due.length = due;
    this.written = new Map(written);
  }

  /** Calls the receivers of record_written. @throws VetoError, or the receiver's own HttpException or DynamoError */
  async tellWritten(): Promise<void> {
    const entries = [...this.written.values()];
    this.written.clear();
    const { manager, author } = this;
    for (const entry of entries) {
      await this.signals.sendBefore('record_written', { ...entry, action: actionOf(entry), manager, ...author });
    }
  }

  private note(model: string, id: RecordId, before: ShownRecord | null, after: ShownRecord | null): void {
    const key = `${model} ${id}`;
    const earlier = this.written.get(key);
    this.written.set(key, { model, id, before: earlier === undefined ? before : earlier.before, after });
  }

  private announceSaved(id: RecordId, created: boolean, record: ShownRecord): void {
    const { model, author } = this;
    if (!this.isHeard('post_save')) return;
    this.due.push({ signal: 'post_save', payload: { model, id, created, record, ...author } });
  }
}

import type { StatementRunner } from '../../database/statement-runner.js';
import { RecordNotFoundError } from '../../errors/not-found.error.js';
import type { RecordId } from '../../field-types/record-key.js';
import type { JsonText } from '../query/list-answer.js';
import type { QueryCompiler } from '../query/query-compiler.js';
import type { RecordReader } from '../query/record-reader.js';
import type { RecordAction } from '../../access/access-policy.js';
import type { RelatedAccess } from './related-access.js';
import type { RecordPermits } from './record-permits.js';

/** Holds the writes of one user to what the user may do, and shows no more of their outcome than may be seen. */
export class RecordAccess {
  constructor(
    private readonly model: string,
    readonly permits: RecordPermits,
    /** Of what the user may see. */
    private readonly seen: RecordReader,
    /** Of all records: a new one may be beyond what the user sees. */
    private readonly all: QueryCompiler,
    readonly related: RelatedAccess,
  ) {}

  /** Whether every record is shown, and whole. */
  get showsAll(): boolean {
    return this.permits.showsAll && this.seen.isWhole;
  }

  /** Whether every record is one that the action is allowed for, so that nothing has to be asked. */
  isUnlimited(action: RecordAction): boolean {
    return this.permits.rule(action) === undefined;
  }

  /** Before a record is changed or deleted. @throws RecordNotFoundError, or AccessDeniedError where the record may be seen */
  async requireBefore(runner: StatementRunner, action: 'change' | 'delete', id: RecordId): Promise<void> {
    if (await this.isWithin(runner, action, [id])) return;
    const isVisible = (await this.one(runner, id)) !== undefined;
    throw isVisible ? this.permits.refusal(action) : new RecordNotFoundError(this.model, String(id));
  }

  /** After records were written: nobody makes records beyond the own reach. @throws AccessDeniedError */
  async requireAfter(runner: StatementRunner, action: 'add' | 'change', ids: readonly RecordId[]): Promise<void> {
    if (!(await this.isWithin(runner, action, ids))) throw this.permits.refusal(action);
  }

  /** A record as the user sees it; only its id where it may not be seen. @param whole JSON of all of it */
  async shown(runner: StatementRunner, id: RecordId, whole: JsonText): Promise<JsonText> {
    if (this.showsAll) return whole;
    return (await this.one(runner, id)) ?? JSON.stringify({ id });
  }

  /** The same for many, as a JSON array. */
  async shownMany(runner: StatementRunner, ids: readonly RecordId[], whole: JsonText): Promise<JsonText> {
    if (this.showsAll) return whole;
    const found = await this.find(runner, ids);
    return `[${ids.map((id) => found.get(id) ?? JSON.stringify({ id })).join(',')}]`;
  }

  /** The record as the user sees it, or undefined. */
  async one(runner: StatementRunner, id: RecordId): Promise<JsonText | undefined> {
    return (await this.find(runner, [id])).get(id);
  }

  private async find(runner: StatementRunner, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, JsonText>> {
    return this.permits.has('view') ? this.seen.many(ids, undefined, runner) : new Map();
  }

  private async isWithin(runner: StatementRunner, action: RecordAction, ids: readonly RecordId[]): Promise<boolean> {
    const rule = this.permits.rule(action);
    if (rule === undefined || ids.length === 0) return true;
    const { text, values } = this.all.countAmong(ids, rule);
    const [row] = await runner.rows<{ count: number }>(text, values);
    return row?.count === new Set(ids).size;
  }
}

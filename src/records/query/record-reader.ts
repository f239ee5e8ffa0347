import type { StatementRunner } from '../../database/statement-runner.js';
import type { RecordId } from '../../field-types/record-key.js';
import { type ConstraintFields, translateRecordError } from '../record-errors.js';
import type { FoundRecords, JsonText } from './list-answer.js';
import { PreparedTexts } from './prepared-texts.js';
import { type Compiled, QueryCompiler } from './query-compiler.js';
import type { RecordModel } from './record-model.js';
import type { RecordQuery } from './record-query.js';
import type { Selection } from './selection.js';

interface Row {
  readonly json: JsonText;
  readonly place?: string;
}

const EMPTY: JsonText = '[]';
/** Reading violates none. */
const NO_CONSTRAINTS: ConstraintFields = new Map();

/** Sends the statements of a query and puts together what PostgreSQL answers. */
export class RecordReader {
  readonly compiler: QueryCompiler;
  private readonly texts: PreparedTexts;
  /** A query that is remembered is written once. */
  private readonly written = new WeakMap<RecordQuery, Compiled>();

  constructor(
    private readonly model: RecordModel,
    private readonly runner: StatementRunner,
  ) {
    this.compiler = new QueryCompiler(model);
    this.texts = new PreparedTexts(model.version);
  }

  /** Whether it shows records with all that they have. */
  get isWhole(): boolean {
    return this.model.isWhole;
  }

  async list(query: RecordQuery): Promise<FoundRecords> {
    if (query.keyset !== undefined) return this.byKey(query);
    return query.isCounted ? this.counted(query) : this.uncounted(query);
  }

  /** Groups as a JSON array. */
  async aggregate(query: RecordQuery): Promise<JsonText> {
    if (query.aggregation === undefined) throw new Error('The query asks for no aggregates.');
    const [row] = await this.send<Row>(this.compiler.groups(query.aggregation, query));
    return row?.json ?? EMPTY;
  }

  /** The record with this id, or undefined. */
  async one(id: RecordId, selection?: Selection): Promise<JsonText | undefined> {
    return (await this.many([id], selection)).get(id);
  }

  /** The records with these ids that there are. @param runner of a transaction that has written them */
  async many(
    ids: readonly RecordId[],
    selection?: Selection,
    runner?: StatementRunner,
  ): Promise<ReadonlyMap<RecordId, JsonText>> {
    const rows = await this.send<Row & { readonly id: RecordId }>(this.compiler.many(ids, selection), runner);
    return new Map(rows.map(({ id, json }) => [id, json]));
  }

  /** One statement for the page and the total, so that both are of the same moment and take one way there and back. */
  private async counted(query: RecordQuery): Promise<FoundRecords> {
    const [row] = await this.send<{ json: JsonText; count: number }>(this.once(query, () => this.compiler.page(query)));
    const { page, limit } = query;
    const total = row?.count ?? 0;
    const count = Math.max(0, Math.min(limit, total - (page - 1) * limit));
    const hasNext = page * limit < total;
    return { data: row?.json ?? EMPTY, count, total, hasNext, hasPrevious: page > 1, places: undefined };
  }

  private async uncounted(query: RecordQuery): Promise<FoundRecords> {
    const rows = await this.send<Row>(this.once(query, () => this.compiler.rows(query)));
    const shown = rows.slice(0, query.limit);
    return {
      data: `[${shown.map(({ json }) => json).join(',')}]`,
      count: shown.length,
      total: undefined,
      hasNext: rows.length > query.limit,
      hasPrevious: query.page > 1,
      places: undefined,
    };
  }

  private async byKey(query: RecordQuery): Promise<FoundRecords> {
    const { keyset, limit } = query;
    const [rows, counted] = await Promise.all([
      this.send<Row>(this.compiler.rowsByKey(query)),
      query.isCounted ? this.send<{ count: number }>(this.compiler.count(query)) : undefined,
    ]);
    const isBackward = keyset?.direction === 'before';
    const found = rows.slice(0, limit);
    const shown = isBackward ? found.toReversed() : found;
    const hasMore = rows.length > limit;
    // The record at the place itself is on the other side, or was.
    const hasOther = keyset?.place !== undefined;
    const [first, last] = [shown[0]?.place, shown.at(-1)?.place];
    return {
      data: `[${shown.map(({ json }) => json).join(',')}]`,
      count: shown.length,
      total: counted?.[0]?.count ?? (query.isCounted ? 0 : undefined),
      hasNext: isBackward ? hasOther : hasMore,
      hasPrevious: isBackward ? hasMore : hasOther,
      places: first === undefined || last === undefined ? undefined : { first, last },
    };
  }

  private once(query: RecordQuery, write: () => Compiled): Compiled {
    const compiled = this.written.get(query) ?? write();
    this.written.set(query, compiled);
    return compiled;
  }

  private async send<R extends object>({ text, values }: Compiled, runner = this.runner): Promise<readonly R[]> {
    try {
      return await runner.rows<R>(this.texts.statement(text), values);
    } catch (error) {
      throw translateRecordError(error, this.model.name, 'read', NO_CONSTRAINTS);
    }
  }
}

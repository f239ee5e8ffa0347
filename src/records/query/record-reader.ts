import type { StatementRunner } from '../../database/statement-runner.js';
import type { RecordId } from '../../field-types/record-key.js';
import { type ConstraintFields, translateRecordError } from '../record-errors.js';
import type { FoundRecords, JsonText } from './list-answer.js';
import { MOST_COUNTED } from './limits.js';
import { PreparedTexts } from './prepared-texts.js';
import { type Compiled, QueryCompiler } from './query-compiler.js';
import type { RecordModel } from './record-model.js';
import type { RecordQuery } from './record-query.js';
import type { Selection } from './selection.js';

interface Page {
  readonly json: JsonText;
  readonly count: number;
}

interface Row {
  readonly json: JsonText;
  readonly place?: string;
}

const EMPTY: JsonText = '[]';
/** Reading violates none. */
const NO_CONSTRAINTS: ConstraintFields = new Map();

const skipped = ({ page, limit }: RecordQuery): number => (page - 1) * limit;

const joined = (rows: readonly Row[]): JsonText => `[${rows.map(({ json }) => json).join(',')}]`;

const mostOf = ({ count }: RecordQuery): number | undefined => (count === 'capped' ? MOST_COUNTED : undefined);

/** @param count of records, which stops at one more than is counted; undefined where nobody counted */
const totalOf = (query: RecordQuery, count: number | undefined): Pick<FoundRecords, 'total' | 'moreThan'> => {
  const most = mostOf(query);
  return most === undefined || count === undefined || count <= most
    ? { total: count, moreThan: undefined }
    : { total: undefined, moreThan: most };
};

/** A page that is found by its number. */
const pageOf = (query: RecordQuery, data: JsonText, total: number): FoundRecords => {
  const { page, limit } = query;
  const count = Math.max(0, Math.min(limit, total - skipped(query)));
  return { data, count, total, hasNext: page * limit < total, hasPrevious: page > 1, places: undefined };
};

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

  /** @param runner of the replica to read from */
  async list(query: RecordQuery, runner = this.runner): Promise<FoundRecords> {
    if (query.keyset !== undefined) return this.byKey(query, runner);
    if (query.count === 'none') return this.uncounted(query, runner);
    if (skipped(query) + query.limit > MOST_COUNTED) return this.deep(query, runner);
    return query.count === 'capped' ? this.capped(query, runner) : this.counted(query, runner);
  }

  /** Groups as a JSON array. @param runner of the replica to read from */
  async aggregate(query: RecordQuery, runner = this.runner): Promise<JsonText> {
    if (query.aggregation === undefined) throw new Error('The query asks for no aggregates.');
    const [row] = await this.send<Row>(this.compiler.groups(query.aggregation, query), runner);
    return row?.json ?? EMPTY;
  }

  /** The record with this id, or undefined. */
  async one(id: RecordId, selection?: Selection, runner?: StatementRunner): Promise<JsonText | undefined> {
    return (await this.many([id], selection, runner)).get(id);
  }

  /** The records with these ids that there are. @param runner of a transaction that has written them, or of the replica to read from */
  async many(
    ids: readonly RecordId[],
    selection?: Selection,
    runner?: StatementRunner,
  ): Promise<ReadonlyMap<RecordId, JsonText>> {
    const rows = await this.send<Row & { readonly id: RecordId }>(this.compiler.many(ids, selection), runner);
    return new Map(rows.map(({ id, json }) => [id, json]));
  }

  /** One statement for the page and the total, so that both are of the same moment and take one way there and back. */
  private async counted(query: RecordQuery, runner: StatementRunner): Promise<FoundRecords> {
    const [row] = await this.send<Page>(
      this.once(query, () => this.compiler.page(query)),
      runner,
    );
    return pageOf(query, row?.json ?? EMPTY, row?.count ?? 0);
  }

  private async capped(query: RecordQuery, runner: StatementRunner): Promise<FoundRecords> {
    const compiled = this.once(query, () => this.compiler.cappedPage(query, MOST_COUNTED));
    const [row] = await this.send<Page>(compiled, runner);
    return { ...pageOf(query, row?.json ?? EMPTY, row?.count ?? 0), ...totalOf(query, row?.count ?? 0) };
  }

  /** From the end that is nearer: PostgreSQL reads every record that it skips. Two statements, as the first says which. */
  private async deep(query: RecordQuery, runner: StatementRunner): Promise<FoundRecords> {
    const [counted] = await this.send<Page>(this.compiler.count(query), runner);
    const total = counted?.count ?? 0;
    const rest = total - skipped(query);
    const take = Math.max(0, Math.min(query.limit, rest));
    if (take === 0) return pageOf(query, EMPTY, total);
    const isNearEnd = rest < total / 2;
    const compiled = isNearEnd ? this.compiler.rowsFromEnd(query, rest - take, take) : this.compiler.rows(query);
    const rows = await this.send<Row>(compiled, runner);
    const shown = isNearEnd ? rows.toReversed() : rows.slice(0, take);
    return pageOf(query, joined(shown), total);
  }

  private async uncounted(query: RecordQuery, runner: StatementRunner): Promise<FoundRecords> {
    const rows = await this.send<Row>(
      this.once(query, () => this.compiler.rows(query)),
      runner,
    );
    const shown = rows.slice(0, query.limit);
    return {
      data: joined(shown),
      count: shown.length,
      total: undefined,
      hasNext: rows.length > query.limit,
      hasPrevious: query.page > 1,
      places: undefined,
    };
  }

  private async byKey(query: RecordQuery, runner: StatementRunner): Promise<FoundRecords> {
    const { keyset, limit } = query;
    const [rows, counted] = await Promise.all([
      this.send<Row>(this.compiler.rowsByKey(query), runner),
      query.count === 'none' ? undefined : this.send<Page>(this.compiler.count(query, mostOf(query)), runner),
    ]);
    const isBackward = keyset?.direction === 'before';
    const found = rows.slice(0, limit);
    const shown = isBackward ? found.toReversed() : found;
    const hasMore = rows.length > limit;
    // The record at the place itself is on the other side, or was.
    const hasOther = keyset?.place !== undefined;
    const [first, last] = [shown[0]?.place, shown.at(-1)?.place];
    return {
      data: joined(shown),
      count: shown.length,
      ...totalOf(query, counted?.[0]?.count),
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

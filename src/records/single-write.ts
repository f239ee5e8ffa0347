import type { RecordConnection } from '../database/record-connection.js';
import type { StatementRunner } from '../database/statement-runner.js';
import type { RecordId } from '../field-types/record-key.js';
import { NewsOfTransaction, type RecordChange } from './record-news.js';
import type { RecordContext } from './record-transaction.js';

/** Writes that are one statement: only where somebody waits for news of them do they take a transaction. */
export class SingleWrite {
  constructor(
    private readonly context: RecordContext,
    private readonly connection: RecordConnection,
  ) {}

  /** @param idsOf what was written; null where the statement does not say */
  async run<T>(
    change: RecordChange,
    work: (runner: StatementRunner) => Promise<T>,
    idsOf: (result: T) => readonly RecordId[] | null,
  ): Promise<T> {
    const { model, news } = this.context;
    if (!news.isAwaited(model, change)) {
      const result = await work(this.connection.runner);
      this.connection.noteWrite();
      return result;
    }
    return this.connection.transaction(async (runner) => {
      const result = await work(runner);
      const told = new NewsOfTransaction();
      told.note(model, change, idsOf(result));
      await told.tell(news, runner);
      return result;
    });
  }

  /** The same for all records that fit. @param query answers their number, as `count` */
  async count(change: RecordChange, query: string, values: readonly unknown[]): Promise<number> {
    const work = async (runner: StatementRunner) => {
      const [row] = await runner.rows<{ count: number }>(query, values);
      const count = row?.count ?? 0;
      if (count === 0) await this.context.rows.requireCurrent(runner);
      return count;
    };
    return this.run(change, work, (count) => (count === 0 ? [] : null));
  }
}

/** Ids of records as the API shows them. */
export const idsIn = (json: string): readonly RecordId[] => {
  const records = JSON.parse(json) as { readonly id: RecordId } | readonly { readonly id: RecordId }[];
  return [records].flat().map(({ id }) => id);
};

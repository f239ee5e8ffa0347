import type { StatementRunner } from '../database/statement-runner.js';
import type { RecordId } from '../field-types/record-key.js';

/** What became of a record. */
export type RecordChange = 'created' | 'updated' | 'deleted';

/** What has become of records of one model; without values, which everybody reads with their own rights. */
export interface RecordNews {
  /** Qualified name, such as `shop.Product`. */
  readonly model: string;
  readonly change: RecordChange;
  /** Null where it is not known, or too many. */
  readonly ids: readonly RecordId[] | null;
}

/** Where writes say that they have written, for whoever follows the records of a model as they change. */
export interface RecordNewsDesk {
  /** Whether anybody follows the model, or one whose records change with it; as long as nobody does, nothing is told. */
  isAwaited(model: string, change: RecordChange): boolean;
  /** In the transaction that writes: it is told at COMMIT, or never. @param runner of the transaction */
  tell(runner: StatementRunner, news: readonly RecordNews[]): Promise<void>;
}

/** More ids than anybody looks at one by one. */
export const MOST_TOLD_IDS = 200;

/** What one transaction has written so far. */
export class NewsOfTransaction {
  private entries: readonly RecordNews[] = [];

  /** Everything up to here; {@link returnTo} forgets the rest. */
  get mark(): readonly RecordNews[] {
    return this.entries;
  }

  returnTo(mark: readonly RecordNews[]): void {
    this.entries = mark;
  }

  note(model: string, change: RecordChange, ids: readonly RecordId[] | null): void {
    if (ids?.length === 0) return;
    const isSame = (entry: RecordNews) => entry.model === model && entry.change === change;
    const known = this.entries.find(isSame);
    const all = known === undefined ? ids : known.ids === null || ids === null ? null : [...known.ids, ...ids];
    const told = all !== null && all.length > MOST_TOLD_IDS ? null : all;
    this.entries = [...this.entries.filter((entry) => !isSame(entry)), { model, change, ids: told }];
  }

  async tell(desk: RecordNewsDesk, runner: StatementRunner): Promise<void> {
    const awaited = this.entries.filter(({ model, change }) => desk.isAwaited(model, change));
    if (awaited.length > 0) await desk.tell(runner, awaited);
  }
}

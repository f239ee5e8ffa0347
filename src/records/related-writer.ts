import { isDeepStrictEqual } from 'node:util';
import type { StatementRunner } from '../database/statement-runner.js';
import type { RecordId } from '../field-types/record-key.js';
import type { ParsedRecord } from './record-parser.js';
import type { NewsOfTransaction } from './record-news.js';
import type { RelationChanged } from './record-signals.js';
import type { RecordContext } from './record-transaction.js';
import { initially, type RelationChange } from './relation-change.js';
import type { RelationStore } from './relation-store.js';
import type { TransactionSignals } from './transaction-signals.js';

/** Related records of one that has them. */
interface Relatives {
  readonly owner: RecordId;
  readonly others: readonly RecordId[];
}

/** Writes the related records that have no column, within the transaction of those that they belong to. */
export class RelatedWriter {
  constructor(
    private readonly context: RecordContext,
    private readonly runner: StatementRunner,
    private readonly signals: TransactionSignals,
    private readonly news: NewsOfTransaction,
  ) {}

  /** Those of new records. */
  async add(ids: readonly RecordId[], records: readonly ParsedRecord[]): Promise<void> {
    for (const store of this.context.relations.values()) {
      const changes = records.flatMap(({ relations: given }, position): readonly Relatives[] => {
        const others = initially(given.get(store.name) ?? { set: [] });
        return others.length === 0 ? [] : [{ owner: ids[position] ?? '', others }];
      });
      await this.announce(store, 'pre_add', changes);
      const owners = changes.flatMap(({ owner, others }) => others.map(() => owner));
      const others = changes.flatMap((change) => change.others);
      if (others.length > 0) {
        const touched = async () => others;
        await this.noteRelated(store, ids, touched, () => store.add(this.runner, owners, others));
      }
      await this.announce(store, 'post_add', changes);
    }
  }

  /** Those of a record that is there. @param asked what the sender's own body says; the application's receivers see everything */
  async change(
    owner: RecordId,
    store: RelationStore | undefined,
    wanted: RelationChange,
    asked: RelationChange | undefined,
  ): Promise<void> {
    if (store === undefined) return;
    const { context, runner } = this;
    const isAsked = isDeepStrictEqual(wanted, asked);
    const change = isAsked ? await context.access.related.withinSight(runner, owner, store, wanted) : wanted;
    const isAnnounced = store.isManyToMany && this.signals.isHeard('m2m_changed');
    const nothing = { added: [], removed: [] };
    const { added, removed } = isAnnounced ? await store.difference(runner, owner, change) : nothing;
    await this.announce(store, 'pre_remove', [{ owner, others: removed }]);
    await this.announce(store, 'pre_add', [{ owner, others: added }]);
    const others = initially(change);
    const touched = async () => [...(await store.difference(runner, owner, change)).removed, ...others];
    await this.noteRelated(store, [owner], touched, async () => {
      if ('set' in change || change.remove.length > 0) await store.remove(runner, owner, change);
      const owners = others.map(() => owner);
      if (others.length > 0) await store.add(runner, owners, others);
    });
    await this.announce(store, 'post_remove', [{ owner, others: removed }]);
    await this.announce(store, 'post_add', [{ owner, others: added }]);
  }

  /** Has it told which records of the other side are written. Of the owners themselves everything is told anyway. */
  private async noteRelated(
    { related }: RelationStore,
    owners: readonly RecordId[],
    touched: () => Promise<readonly RecordId[]>,
    work: () => Promise<void>,
  ): Promise<void> {
    if (related === undefined) return work();
    this.news.note(related.model, 'updated', null);
    const own = new Set(related.model === this.context.model ? owners : []);
    await this.signals.noteRelated(related, async () => (await touched()).filter((id) => !own.has(id)), work);
  }

  private async announce(
    { name, isManyToMany }: RelationStore,
    action: RelationChanged['action'],
    additions: readonly Relatives[],
  ): Promise<void> {
    if (!isManyToMany) return;
    for (const { owner, others } of additions) await this.signals.related(name, action, owner, others);
  }
}

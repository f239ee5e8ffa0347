import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { StatementRunner } from '../database/statement-runner.js';
import type { RecordId } from '../field-types/record-key.js';
import type { ParsedRecord } from './record-parser.js';
import type { RecordAnnouncement, RelationChanged } from './record-signals.js';
import type { RecordContext } from './record-transaction.js';
import { initially, type RelationChange } from './relation-change.js';
import type { RelationStore } from './relation-store.js';

/** Related records of a new one. */
interface Addition {
  readonly owner: RecordId;
  readonly others: readonly RecordId[];
}

/** Writes the related records that have no column, within the transaction of those that they belong to. */
export class RelatedWriter {
  /** @param announcements what is due after COMMIT; more is added */
  constructor(
    private readonly context: RecordContext,
    private readonly runner: StatementRunner,
    private readonly manager: EntityManager,
    private readonly announcements: RecordAnnouncement[],
  ) {}

  /** Those of new records. */
  async add(ids: readonly RecordId[], records: readonly ParsedRecord[]): Promise<void> {
    for (const store of this.context.relations.values()) {
      const changes = records.flatMap(({ relations: given }, position): readonly Addition[] => {
        const others = initially(given.get(store.name) ?? { set: [] });
        return others.length === 0 ? [] : [{ owner: ids[position] ?? '', others }];
      });
      await this.announceAdded(store, 'pre_add', changes);
      const owners = changes.flatMap(({ owner, others }) => others.map(() => owner));
      const others = changes.flatMap((change) => change.others);
      if (others.length > 0) await store.add(this.runner, owners, others);
      await this.announceAdded(store, 'post_add', changes);
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
    const isAsked = isDeepStrictEqual(wanted, asked);
    const { related } = this.context.access;
    const change = isAsked ? await related.withinSight(this.runner, owner, store, wanted) : wanted;
    const isAnnounced = store.isManyToMany && this.context.signals.isConnected('m2m_changed', this.context.model);
    const nothing = { added: [], removed: [] };
    const { added, removed } = isAnnounced ? await store.difference(this.runner, owner, change) : nothing;
    await this.announceRelated(store, 'pre_remove', owner, removed);
    await this.announceRelated(store, 'pre_add', owner, added);
    const others = initially(change);
    if ('set' in change || change.remove.length > 0) await store.remove(this.runner, owner, change);
    if (others.length > 0) {
      await store.add(
        this.runner,
        others.map(() => owner),
        others,
      );
    }
    await this.announceRelated(store, 'post_remove', owner, removed);
    await this.announceRelated(store, 'post_add', owner, added);
  }

  private async announceAdded(
    store: RelationStore,
    action: 'pre_add' | 'post_add',
    additions: readonly Addition[],
  ): Promise<void> {
    for (const { owner, others } of additions) await this.announceRelated(store, action, owner, others);
  }

  private async announceRelated(
    { name, isManyToMany }: RelationStore,
    action: RelationChanged['action'],
    id: RecordId,
    ids: readonly RecordId[],
  ): Promise<void> {
    const { model, signals } = this.context;
    if (ids.length === 0 || !isManyToMany || !signals.isConnected('m2m_changed', model)) return;
    const payload = { model, id, field: name, action, ids };
    if (action.startsWith('post_')) {
      this.announcements.push({ signal: 'm2m_changed', payload: { ...payload, manager: null } });
      return;
    }
    await signals.sendBefore('m2m_changed', { ...payload, manager: this.manager });
  }
}

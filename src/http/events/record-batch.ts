import type { RecordId } from '../../field-types/record-key.js';
import type { RecordMessage } from '../../pipeline/record-messages.js';
import { MOST_TOLD_IDS, type RecordChange } from '../../records/record-news.js';

/** What became of records; null for ids that are not told. */
export interface ChangedRecords {
  readonly change: RecordChange;
  readonly ids: readonly RecordId[] | null;
}

const CHANGES: readonly RecordChange[] = ['created', 'updated', 'deleted'];

/** What has become of records of one model within a moment, each record once. */
export class RecordBatch {
  private readonly byId = new Map<RecordId, RecordChange>();
  private readonly unknown = new Set<RecordChange>();

  add({ change, ids }: RecordMessage): void {
    if (ids === null) this.unknown.add(change);
    for (const id of ids ?? []) {
      const isNew = this.byId.get(id) === 'created' && change === 'updated';
      this.byId.set(id, isNew ? 'created' : change);
    }
  }

  /** One entry for each change. */
  get changes(): readonly ChangedRecords[] {
    return CHANGES.flatMap((change): readonly ChangedRecords[] => {
      const ids = [...this.byId].filter(([, known]) => known === change).map(([id]) => id);
      const isTold = !this.unknown.has(change) && ids.length <= MOST_TOLD_IDS;
      if (!isTold) return [{ change, ids: null }];
      return ids.length === 0 ? [] : [{ change, ids }];
    });
  }
}

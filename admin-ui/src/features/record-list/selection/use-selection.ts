import { useState } from 'react';
import { type RaRecord, useListContext } from 'react-admin';
import type { BulkTarget } from '../../../records/bulk-requests.js';
import type { RecordId } from '../../../records/stored-record.js';
import { useExactCount } from '../use-exact-count.js';

/** The records of a list that something is to be done with. */
export interface Selection {
  /** What it is for the API; undefined while nothing is selected. */
  readonly target: BulkTarget | undefined;
  /** All that fit are meant, also those of other pages. */
  readonly isAll: boolean;
  /** Whether all, or some, of these are selected. */
  of(records: readonly RaRecord[]): 'all' | 'some' | 'none';
  toggle(record: RaRecord): void;
  /** Selects all of these, or none where all are. */
  togglePage(records: readonly RaRecord[]): void;
  /** Of very many it counts first how many that are. */
  selectAll(): Promise<void>;
  clear(): void;
}

interface Selected {
  /** What was filtered by. */
  readonly filter: string;
  /** All that fit are meant, and were so many. */
  readonly all?: number;
  readonly ids: readonly RecordId[];
}

const idOf = ({ id }: RaRecord): RecordId => id as RecordId;

/** It lasts from page to page, and ends with another search or filter: nobody deletes what they do not see any more. */
export const useSelection = (): Selection => {
  const { filterValues, data = [], total } = useListContext();
  const exactCount = useExactCount();
  const filter = JSON.stringify(filterValues);
  const [kept, keep] = useState<Selected>({ filter, ids: [] });
  const { all, ids }: Selected = kept.filter === filter ? kept : { filter, ids: [] };
  const isAll = all !== undefined;

  const select = (next: readonly RecordId[]) => keep({ filter, ids: next });
  const has = (record: RaRecord) => isAll || ids.includes(idOf(record));
  const without = (records: readonly RaRecord[]) => {
    const begun = isAll ? data.map(idOf) : ids;
    return begun.filter((id) => !records.some((record) => record.id === id));
  };
  const of = (records: readonly RaRecord[]) => {
    if (records.length > 0 && records.every(has)) return 'all';
    return records.some(has) ? 'some' : 'none';
  };
  const given = ids.length > 0 ? { ids } : undefined;
  return {
    target: isAll ? { filter: filterValues, count: total ?? all } : given,
    isAll,
    of,
    toggle: (record) => select(has(record) ? without([record]) : [...ids, idOf(record)]),
    togglePage: (records) =>
      select(of(records) === 'all' ? without(records) : [...without(records), ...records.map(idOf)]),
    selectAll: async () => {
      const count = total ?? (await exactCount());
      if (count !== undefined) keep({ filter, all: count, ids: [] });
    },
    clear: () => select([]),
  };
};

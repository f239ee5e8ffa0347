import { useState } from 'react';
import { type RaRecord, useListContext } from 'react-admin';
import type { BulkTarget } from '../../../records/bulk-requests.js';
import type { RecordId } from '../../../records/stored-record.js';

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
  selectAll(): void;
  clear(): void;
}

interface Selected {
  /** What was filtered by. */
  readonly filter: string;
  readonly isAll: boolean;
  readonly ids: readonly RecordId[];
}

const idOf = ({ id }: RaRecord): RecordId => id as RecordId;

/** It lasts from page to page, and ends with another search or filter: nobody deletes what they do not see any more. */
export const useSelection = (): Selection => {
  const { filterValues, data = [], total = 0 } = useListContext();
  const filter = JSON.stringify(filterValues);
  const [kept, keep] = useState<Selected>({ filter, isAll: false, ids: [] });
  const { isAll, ids }: Selected = kept.filter === filter ? kept : { filter, isAll: false, ids: [] };

  const select = (next: readonly RecordId[]) => keep({ filter, isAll: false, ids: next });
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
    target: isAll ? { filter: filterValues, count: total } : given,
    isAll,
    of,
    toggle: (record) => select(has(record) ? without([record]) : [...ids, idOf(record)]),
    togglePage: (records) =>
      select(of(records) === 'all' ? without(records) : [...without(records), ...records.map(idOf)]),
    selectAll: () => keep({ filter, isAll: true, ids: [] }),
    clear: () => select([]),
  };
};

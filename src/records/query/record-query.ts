import type { Aggregation } from './aggregate.js';
import type { Place } from './cursor.js';
import type { Predicate } from './predicate.js';
import type { Selection } from './selection.js';
import type { SortItem, SortKey } from './sort.js';

/** How far all records are counted: to the end, as far as people care, or not at all. */
export type Count = 'exact' | 'capped' | 'none';

/** Where a page begins that is found by key. */
export interface Keyset {
  readonly direction: 'after' | 'before';
  /** Undefined begins at that end of the list. */
  readonly place: Place | undefined;
}

/** What records are asked for: every name resolved, every value parsed. */
export interface RecordQuery {
  /** Of `filter` and `search`; undefined takes all records. */
  readonly where: Predicate | undefined;
  /** Every text of every record may have to be read. */
  readonly isSearch: boolean;
  /** As the request gives them. */
  readonly sortItems: readonly SortItem[];
  /** Complete: the last one is the id. */
  readonly sortBy: readonly SortKey[];
  readonly selection: Selection | undefined;
  readonly page: number;
  readonly limit: number;
  readonly count: Count;
  readonly keyset: Keyset | undefined;
  readonly aggregation: Aggregation | undefined;
}

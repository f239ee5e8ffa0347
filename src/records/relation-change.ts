import type { RecordId } from '../field-types/record-key.js';

/** What a body says about related records: all that there are to be, or who comes and who goes. */
export type RelationChange =
  { readonly set: readonly RecordId[] } | { readonly add: readonly RecordId[]; readonly remove: readonly RecordId[] };

/** The same for a new record, which has none to lose. */
export const initially = (change: RelationChange): readonly RecordId[] => ('set' in change ? change.set : change.add);

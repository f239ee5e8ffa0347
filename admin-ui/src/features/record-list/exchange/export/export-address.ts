import type { FilterPayload, SortPayload } from 'react-admin';
import { type ListBody, listBody, listSearch } from '../../../../records/list-query.js';
import type { RecordId } from '../../../../records/stored-record.js';
import type { FileFormat } from '../reading/file-format.js';

/** Which records go into a file. */
export type ExportedRecords = 'all' | 'view' | 'selected';

/** What somebody has chosen. */
export interface ExportChoice {
  readonly format: FileFormat;
  readonly records: ExportedRecords;
  readonly columns: 'shown' | 'all';
}

/** The list as it is looked at. */
export interface ExportedView {
  readonly filter: FilterPayload;
  readonly sort: SortPayload;
  readonly selectedIds: readonly RecordId[];
  /** What is shown, as paths to select. */
  readonly shown: readonly string[];
}

/** Servers and what is in between take addresses up to some thousand characters, with the cookies beside them. */
const LONGEST_ADDRESS = 8000;

/** What is asked of a list that has the same records; an export takes the same, without pages. */
export const exportedList = ({ records, columns }: ExportChoice, view: ExportedView): ListBody => {
  const { filter, sort, selectedIds, shown } = view;
  const chosen = { all: {}, view: filter, selected: { id: { $in: [...selectedIds] } } }[records];
  const select = [...new Set(shown)].filter((path) => path !== 'id');
  return listBody({ filter: chosen, sort, meta: columns === 'shown' ? { select } : {} });
};

/** Behind the address of the model. Undefined where it would be too long, because of the ids of a large selection. */
export const exportAddress = (choice: ExportChoice, view: ExportedView): string | undefined => {
  const address = `export?${listSearch({ ...exportedList(choice, view), format: choice.format })}`;
  return address.length > LONGEST_ADDRESS ? undefined : address;
};

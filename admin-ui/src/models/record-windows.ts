import { createContext, useContext } from 'react';
import type { RaRecord } from 'react-admin';
import type { JsonObject } from '../api/json.js';
import type { RecordId } from '../records/stored-record.js';

/** Records that are opened without leaving the page. Each window is above those that were opened before it. */
export interface RecordWindows {
  /** Shows a record at the side, to be looked at and changed. @param path of its model, such as `shop/product` */
  show(path: string, id: RecordId): void;
  /**
   * Asks for a new record.
   *
   * @param path of its model
   * @param given what stands in the inputs at first, by the names of fields
   * @returns the record, or undefined where nobody has saved one
   */
  create(path: string, given: JsonObject): Promise<RaRecord | undefined>;
}

export const RecordWindowsContext = createContext<RecordWindows>({
  show: () => undefined,
  create: () => Promise.resolve(undefined),
});

export const useRecordWindows = (): RecordWindows => useContext(RecordWindowsContext);

import type { RaRecord } from 'react-admin';
import { valueOf } from '../records/stored-record.js';
import type { TextOf } from '../texts/use-text.js';
import type { ModelDescriptor } from './model-descriptor.js';

/** What stands for a record wherever there is room for a name. */
export const recordTitle = (
  { display, verboseName }: Pick<ModelDescriptor, 'display' | 'verboseName'>,
  record: RaRecord,
  text: TextOf,
): string => {
  const value = display === null ? null : valueOf(record, display);
  return value === null || value === '' ? text('record.unnamed', { model: verboseName, id: record.id }) : String(value);
};

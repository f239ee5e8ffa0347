import type { RaRecord } from 'react-admin';
import { isSame } from '../../api/json.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { valueOf } from '../../records/stored-record.js';

/** Who points to a record changes it for its tag, but nothing that its form could write over. */
export const isChangedItself = ({ fields }: ModelDescriptor, before: RaRecord, now: RaRecord): boolean =>
  fields.some(({ name, isInverse }) => !isInverse && !isSame(valueOf(before, name), valueOf(now, name)));

import type { RaRecord } from 'react-admin';
import type { Relation } from '../../models/model-descriptor.js';
import { useRecordWindows } from '../../models/record-windows.js';
import { type RelatedRecord, relatedRecord } from '../../models/related-record.js';
import { useModelSummary } from '../../models/use-model-summary.js';

/** Asks for a record of the related model under this name; undefined where whoever asks may add none. */
export const useCreateRelated = (relation: Relation): ((name: string) => Promise<RelatedRecord | null>) | undefined => {
  const windows = useRecordWindows();
  const { path, display } = relation;
  const isAllowed = useModelSummary(path)?.permissions.add ?? false;
  if (path === null || !isAllowed) return undefined;
  return async (name) => {
    const created: RaRecord | undefined = await windows.create(path, display === null ? {} : { [display]: name });
    return created === undefined ? null : relatedRecord(created, relation);
  };
};

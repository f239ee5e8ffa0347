import { useState } from 'react';
import { useGetOne } from 'react-admin';
import { ApiError } from '../../api/api-error.js';
import type { RecordId } from '../../records/stored-record.js';

/**
 * A record as it is now, and not as some list has shown it: people should see what they change. Once it was there it
 * stays, also when it is deleted, or asked for under the new name of its model.
 *
 * @param path of its model
 */
export const useStoredRecord = (path: string, id: RecordId) => {
  const options = { staleTime: 0, gcTime: 0, refetchOnMount: 'always' as const, refetchOnReconnect: false };
  const { data, error, refetch } = useGetOne(path, { id }, options);
  const [known, setKnown] = useState(data);
  if (data !== undefined && data !== known) setKnown(data);
  const isMissing = error instanceof ApiError && [400, 404].includes(error.status);
  return { record: data ?? known, error, isMissing, refetch };
};

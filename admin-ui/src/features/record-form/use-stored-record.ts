import { keepPreviousData } from '@tanstack/react-query';
import { useGetOne } from 'react-admin';
import { ApiError } from '../../api/api-error.js';
import type { RecordId } from '../../records/stored-record.js';

/** A record as it is now, and not as some list has shown it: people should see what they change. @param path of its model */
export const useStoredRecord = (path: string, id: RecordId) => {
  const options = {
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: 'always' as const,
    refetchOnReconnect: false,
    // Of the same record, while its model is being renamed.
    placeholderData: keepPreviousData,
  };
  const { data, error, refetch } = useGetOne(path, { id }, options);
  const isMissing = error instanceof ApiError && [400, 404].includes(error.status);
  return { record: data, error, isMissing, refetch };
};

import {
  keepPreviousData,
  type UseQueryResult,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import { ApiError } from '../api/api-error.js';
import { useCall } from './use-call.js';

/** The beginning of the keys of all that is known of accounts. */
const ACCOUNTS_KEY = ['dynamo', 'accounts'] as const;

// The server and this program belong to one build, so the answers are taken at their word.

/** What the API answers at a path; the page waits until it is there. */
export const useAccounts = <Answer>(path: string): Answer => {
  const call = useCall();
  const { data } = useSuspenseQuery({
    queryKey: [...ACCOUNTS_KEY, path],
    queryFn: async ({ signal }) => (await call(path, { signal })).body as Answer,
  });
  return data;
};

/** The same of one thing, which may be gone: then it is null. Nothing is remembered, for it is going to be changed. */
export const useOneAccount = <Answer>(path: string): Answer | null => {
  const call = useCall();
  const { data } = useSuspenseQuery({
    queryKey: [...ACCOUNTS_KEY, path],
    queryFn: async ({ signal }): Promise<Answer | null> => {
      try {
        return (await call(path, { signal })).body as Answer;
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    gcTime: 0,
  });
  return data;
};

/** The same of a list that is looked through: what was there before stays until the next is there. */
export const useAccountList = <Answer>(path: string): UseQueryResult<Answer> => {
  const call = useCall();
  return useQuery({
    queryKey: [...ACCOUNTS_KEY, path],
    queryFn: async ({ signal }) => (await call(path, { signal })).body as Answer,
    placeholderData: keepPreviousData,
  });
};

/** Call it when something has changed: what is shown is asked for again, and the rest when somebody goes there. */
export const useForgetAccounts = (): (() => Promise<void>) => {
  const queries = useQueryClient();
  return useCallback(() => {
    queries.removeQueries({ queryKey: ACCOUNTS_KEY, type: 'inactive' });
    return queries.invalidateQueries({ queryKey: ACCOUNTS_KEY });
  }, [queries]);
};

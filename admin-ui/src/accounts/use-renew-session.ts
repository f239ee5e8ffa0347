import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { forgetSession } from '../session/session.js';

/** Call it when somebody may have got other rights themselves: everything is asked for again. */
export const useRenewSession = (): (() => Promise<void>) => {
  const queries = useQueryClient();
  return useCallback(async () => {
    forgetSession();
    await queries.invalidateQueries();
  }, [queries]);
};

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** What to do when a record was written: whatever was shown of its model, or of models beside it, is asked for anew. */
export const useForgetRecords = (path: string): (() => Promise<void>) => {
  const queries = useQueryClient();
  return useCallback(async () => {
    // The page of the record itself has the answer already.
    queries.removeQueries({ queryKey: [path, 'getOne'], type: 'inactive' });
    const isOfRecords = (key: unknown) => typeof key === 'string' && key.includes('/');
    await queries.invalidateQueries({
      predicate: ({ queryKey: [first, second] }) => isOfRecords(first) && second !== 'getOne',
    });
  }, [queries, path]);
};

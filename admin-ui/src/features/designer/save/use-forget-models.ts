import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** What to do when a model was changed: whatever is known of models and records may be another by now. */
export const useForgetModels = (): (() => Promise<void>) => {
  const queries = useQueryClient();
  return useCallback(async () => {
    // Records have fields that they had not: nothing of them is shown again before it was read again.
    queries.removeQueries({ type: 'inactive', predicate: ({ queryKey: [first] }) => String(first).includes('/') });
    await queries.invalidateQueries();
  }, [queries]);
};

import { useListContext, useNotify } from 'react-admin';
import { useErrorText } from '../../components/use-error-text.js';
import { requestPage } from '../../records/record-requests.js';

/** Counts the records of a list to the end, which takes a moment where there are very many. When it fails, it says so. */
export const useExactCount = (): (() => Promise<number | undefined>) => {
  const { resource, filterValues } = useListContext();
  const notify = useNotify();
  const errorText = useErrorText();
  return async () => {
    try {
      const { total } = await requestPage(resource, {
        pagination: { page: 1, perPage: 1 },
        filter: filterValues,
        meta: { select: [], isExact: true },
      });
      return total;
    } catch (error) {
      notify(errorText(error), { type: 'error' });
      return undefined;
    }
  };
};

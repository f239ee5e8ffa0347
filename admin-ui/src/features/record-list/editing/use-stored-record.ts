import { useCallback, useEffect, useRef } from 'react';
import { type Identifier, type RaRecord, useDataProvider } from 'react-admin';

/** A record with its tag, which lists do not have. It is on its way while somebody types. */
export const useStoredRecord = (path: string, id: Identifier) => {
  const records = useDataProvider();
  const coming = useRef<Promise<RaRecord>>(undefined);
  const read = useCallback((): Promise<RaRecord> => {
    const next = records.getOne(path, { id }).then(({ data }): RaRecord => data);
    coming.current = next;
    // Whoever waits for it hears of it.
    next.catch(() => undefined);
    return next;
  }, [records, path, id]);
  useEffect(() => void read(), [read]);
  return {
    /** As it was read. */
    known: () => coming.current ?? read(),
    /** As it is now. */
    read,
    /** What could not be read may be there the next time. */
    forget(): void {
      coming.current = undefined;
    },
  };
};

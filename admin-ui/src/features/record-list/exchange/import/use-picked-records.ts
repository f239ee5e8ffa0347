import { useEffect, useState } from 'react';
import { type PickedRecords, pickRecords } from '../reading/file-records.js';
import type { FileStart } from '../reading/file-start.js';
import type { ImportReport } from './import-report.js';

/** The records of a file that are wrong, as it has them; undefined until they are found. */
export const usePickedRecords = (start: FileStart, { mistakes }: ImportReport): PickedRecords | undefined => {
  const [picked, setPicked] = useState<PickedRecords>();
  useEffect(() => {
    const numbers = new Set(mistakes.flatMap(({ record }) => record ?? []));
    const abort = new AbortController();
    const pick = async () => {
      const found = await pickRecords(start, numbers, abort.signal);
      if (!abort.signal.aborted) setPicked(found);
    };
    // A file that is gone from the disk by now has no values to show; what is wrong with it stays to be read.
    if (numbers.size > 0) pick().catch(() => undefined);
    return () => abort.abort();
  }, [start, mistakes]);
  return picked;
};

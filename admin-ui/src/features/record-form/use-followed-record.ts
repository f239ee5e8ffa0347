import { useState } from 'react';
import type { RaRecord } from 'react-admin';

/**
 * The record that a form has begun with: the latest as long as nobody has changed anything in the form.
 *
 * @param latest as it is known now, which may change while somebody looks at it
 */
export const useFollowedRecord = (latest: RaRecord) => {
  const [base, setBase] = useState(latest);
  const [isDirty, setDirty] = useState(false);
  const [seen, setSeen] = useState(latest);
  if (seen !== latest) {
    setSeen(latest);
    if (!isDirty) setBase(latest);
  }
  return { base, setBase, isDirty, setDirty };
};

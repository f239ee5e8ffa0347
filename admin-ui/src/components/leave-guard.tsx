import { useEffect } from 'react';
import { type HasChanges, unsavedChanges } from './unsaved-changes.js';

interface LeaveGuardProps {
  /** Another function as soon as the answer may be another one. */
  readonly hasChanges: HasChanges;
}

/** Has whoever leaves a form that was not saved asked, by the one {@link LeaveQuestion} around all pages. */
export const LeaveGuard = ({ hasChanges }: LeaveGuardProps) => {
  useEffect(() => (hasChanges() ? unsavedChanges.guard(hasChanges) : undefined), [hasChanges]);
  return null;
};

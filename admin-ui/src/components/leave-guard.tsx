import { useEffect } from 'react';
import { useBlocker } from 'react-router-dom';
import { ConfirmDialog } from './confirm-dialog.js';
import { FOLLOWS_RENAME } from '../models/follows-rename.js';
import { useText } from '../texts/use-text.js';

interface LeaveGuardProps {
  /** Asked at the moment when somebody leaves. */
  readonly hasChanges: () => boolean;
}

/** Asks whoever leaves a form that was not saved: for another page, another site, or with the window. */
export const LeaveGuard = ({ hasChanges }: LeaveGuardProps) => {
  const text = useText();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && nextLocation.state !== FOLLOWS_RENAME && hasChanges(),
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (hasChanges()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [hasChanges]);
  return (
    <ConfirmDialog
      isOpen={blocker.state === 'blocked'}
      title={text('leave.title')}
      confirm={text('leave.leave')}
      cancel={text('leave.stay')}
      onConfirm={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      {text('leave.warning')}
    </ConfirmDialog>
  );
};

import { useEffect, useSyncExternalStore } from 'react';
import { useBlocker } from 'react-router-dom';
import { FOLLOWS_RENAME } from '../models/follows-rename.js';
import { useText } from '../texts/use-text.js';
import { ConfirmDialog } from './confirm-dialog.js';
import { unsavedChanges } from './unsaved-changes.js';

const askBrowser = (event: BeforeUnloadEvent): void => {
  if (unsavedChanges.exist()) event.preventDefault();
};

const Question = () => {
  const text = useText();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname &&
      nextLocation.state !== FOLLOWS_RENAME &&
      unsavedChanges.exist(),
  );
  useEffect(() => {
    window.addEventListener('beforeunload', askBrowser);
    return () => window.removeEventListener('beforeunload', askBrowser);
  }, []);
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

/**
 * Asks whoever leaves a form that was not saved: for another page, another site, or with the window. There is one for
 * all forms, since a router asks one only, and only while there is something to lose.
 */
export const LeaveQuestion = () => {
  const isGuarded = useSyncExternalStore(unsavedChanges.subscribe, unsavedChanges.isGuarded);
  return isGuarded && <Question />;
};

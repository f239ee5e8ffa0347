import { Alert } from '@mui/material';
import { useState } from 'react';
import { useLogout, useTranslate } from 'react-admin';
import { ConfirmDialog } from '../components/confirm-dialog.js';
import { signOutEverywhere } from '../session/session.js';
import { useText } from '../texts/use-text.js';

interface SignOutEverywhereProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks whether all sessions are to end, and ends them. */
export const SignOutEverywhere = ({ isOpen, onClose }: SignOutEverywhereProps) => {
  const text = useText();
  const translate = useTranslate();
  const logout = useLogout();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const end = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await signOutEverywhere();
      onClose();
      await logout({}, undefined, false);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      setProblem(translate(message, { _: message }));
    } finally {
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      isBusy={isBusy}
      title={text('accounts.everywhere.title')}
      confirm={text('accounts.everywhere.confirm')}
      cancel={text('accounts.cancel')}
      onConfirm={() => void end()}
      onCancel={onClose}
    >
      {text('accounts.everywhere.warning')}
      <div role="alert">{problem !== undefined && <Alert severity="error">{problem}</Alert>}</div>
    </ConfirmDialog>
  );
};

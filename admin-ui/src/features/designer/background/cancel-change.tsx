import { Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { callApi } from '../../../api/call-api.js';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { useErrorText } from '../../../components/use-error-text.js';
import { useText } from '../../../texts/use-text.js';
import { BACKGROUND_KEY } from './background-queries.js';

interface CancelChangeProps {
  readonly id: string;
}

/** Ends a change that is not made yet, after having asked once. */
export const CancelChange = ({ id }: CancelChangeProps) => {
  const text = useText();
  const errorText = useErrorText();
  const notify = useNotify();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    try {
      await callApi(`meta/background-changes/${id}`, { method: 'DELETE' });
    } catch (error) {
      // It may have been made meanwhile.
      notify(errorText(error), { type: 'warning' });
    } finally {
      await queries.invalidateQueries({ queryKey: BACKGROUND_KEY });
      setBusy(false);
      setOpen(false);
    }
  };
  return (
    <>
      <Button color="error" variant="outlined" onClick={() => setOpen(true)}>
        {text('background.cancel')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={text('background.cancelTitle')}
        confirm={text('background.cancel')}
        cancel={text('background.goOn')}
        isBusy={isBusy}
        onConfirm={() => void cancel()}
        onCancel={() => setOpen(false)}
      >
        {text('background.cancelWarning')}
      </ConfirmDialog>
    </>
  );
};

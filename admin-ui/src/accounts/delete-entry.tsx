import Delete from '@mui/icons-material/Delete';
import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../components/confirm-dialog.js';
import { useEntryForm } from '../components/entry-form-context.js';
import { useText } from '../texts/use-text.js';

interface DeleteEntryProps {
  readonly title: string;
  readonly warning: string;
  /** Says what is deleted where several buttons stand below each other. */
  readonly label?: string;
  /** Deletes it; what it throws is shown where it was asked. */
  readonly onDelete: () => Promise<unknown>;
  /** Goes on from there. */
  readonly onDeleted: () => Promise<unknown>;
}

/** Deletes something, after a question; says there why it cannot be deleted. */
export const DeleteEntry = ({ title, warning, label, onDelete, onDeleted }: DeleteEntryProps) => {
  const text = useText();
  const translate = useTranslate();
  const { release } = useEntryForm();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const open = () => {
    setProblem(undefined);
    setOpen(true);
  };
  const destroy = async () => {
    setBusy(true);
    try {
      await onDelete();
      setOpen(false);
      release();
      await onDeleted();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      setProblem(translate(message, { _: message }));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button color="error" startIcon={<Delete />} aria-label={label} onClick={open}>
        {text('accounts.delete')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isBusy={isBusy}
        title={title}
        confirm={text('accounts.delete')}
        cancel={text('accounts.cancel')}
        onConfirm={() => void destroy()}
        onCancel={() => setOpen(false)}
      >
        {warning}
        <div role="alert">
          {problem !== undefined && (
            <Alert severity="error" sx={{ mt: 2 }}>
              {problem}
            </Alert>
          )}
        </div>
      </ConfirmDialog>
    </>
  );
};

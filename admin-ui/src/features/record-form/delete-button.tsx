import Delete from '@mui/icons-material/Delete';
import { Alert, Button, IconButton } from '@mui/material';
import { useContext, useState } from 'react';
import { type RaRecord, useDataProvider } from 'react-admin';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useErrorText } from '../../components/use-error-text.js';
import { useNotice } from '../../components/use-notice.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { recordTitle } from '../../models/record-title.js';
import { useText } from '../../texts/use-text.js';
import { FormActionsContext } from './form-actions.js';
import { useForgetRecords } from '../../records/use-forget-records.js';

interface DeleteButtonProps {
  readonly model: ModelDescriptor;
  readonly record: RaRecord;
  readonly onDeleted?: () => unknown;
  /** Where there is room for an icon only. */
  readonly isSmall?: boolean;
}

/** Deletes a record, after a question; says there why it cannot be deleted. */
export const DeleteButton = ({ model, record, onDeleted, isSmall = false }: DeleteButtonProps) => {
  const text = useText();
  const errorText = useErrorText();
  const notice = useNotice();
  const records = useDataProvider();
  const form = useContext(FormActionsContext);
  const { path } = model;
  const title = recordTitle(model, record, text);
  const forget = useForgetRecords(path);
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
      await records.delete(path, { id: record.id, previousData: record });
      notice('record.deleted', { record: title });
      form?.release();
      setOpen(false);
      await onDeleted?.();
      await forget();
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      {isSmall ? (
        <IconButton
          size="small"
          color="error"
          aria-label={text('record.deleteNamed', { record: title })}
          title={text('record.delete')}
          onClick={open}
        >
          <Delete fontSize="small" />
        </IconButton>
      ) : (
        <Button color="error" startIcon={<Delete />} onClick={open}>
          {text('record.delete')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isOpen}
        isBusy={isBusy}
        title={text('record.deleteTitle', { record: title })}
        confirm={text('record.delete')}
        cancel={text('record.cancel')}
        onConfirm={() => void destroy()}
        onCancel={() => setOpen(false)}
      >
        {text('record.deleteWarning')}
        <div role="alert">{problem !== undefined && <Alert severity="error">{problem}</Alert>}</div>
      </ConfirmDialog>
    </>
  );
};

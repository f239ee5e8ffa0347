import { useState } from 'react';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { useNotice } from '../../../components/use-notice.js';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { recordTitle } from '../../../models/record-title.js';
import { type BulkTarget, countOf, deleteRecords, requestTitles } from '../../../records/bulk-requests.js';
import { useForgetRecords } from '../../../records/use-forget-records.js';
import { useText } from '../../../texts/use-text.js';
import { DeleteReport, type Deleted } from './delete-report.js';

interface DeleteDialogProps {
  readonly model: ModelDescriptor;
  readonly target: BulkTarget;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Deletes many records, and names those that stay. */
const DeleteDialog = ({ model, target, onDone, onClose }: DeleteDialogProps) => {
  const text = useText();
  const notice = useNotice();
  const forget = useForgetRecords(model.path);
  const [isBusy, setBusy] = useState(false);
  const [deleted, setDeleted] = useState<Deleted>();
  const count = countOf(target);

  const titlesOf = async (ids: readonly (string | number)[]) => {
    // What stays is more important than what it is called.
    const records = await requestTitles(model.path, ids, model.display).catch(() => []);
    return new Map(records.map((record) => [record.id, recordTitle(model, record, text)]));
  };
  const destroy = async () => {
    setBusy(true);
    const outcome = await deleteRecords(model.path, target);
    const titles = await titlesOf(outcome.failures.map(({ id }) => id));
    const failures = outcome.failures.map(({ id, message }) => ({
      id,
      message,
      title: titles.get(id) ?? text('record.unnamed', { model: model.verboseName, id }),
    }));
    const isWhole = outcome.error === undefined && outcome.count === count;
    if (isWhole) {
      notice('selection.deleted', { smart_count: count });
      onClose();
    } else setDeleted({ ...outcome, failures, asked: target });
    if (outcome.count > 0 || outcome.error === undefined) onDone();
    await forget();
    setBusy(false);
  };

  if (deleted !== undefined) return <DeleteReport deleted={deleted} onClose={onClose} />;
  return (
    <ConfirmDialog
      isOpen
      isBusy={isBusy}
      title={text('selection.deleteTitle', { smart_count: count })}
      confirm={text('record.delete')}
      cancel={text('record.cancel')}
      onConfirm={() => void destroy()}
      onCancel={onClose}
    >
      {!('ids' in target) && <p>{text('selection.deleteAll')}</p>}
      {text('record.deleteWarning')}
    </ConfirmDialog>
  );
};

export default DeleteDialog;

import Delete from '@mui/icons-material/Delete';
import { Button } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import type { BulkTarget } from '../../../records/bulk-requests.js';
import { useText } from '../../../texts/use-text.js';

const DeleteDialog = lazy(() => import('./delete-dialog.js'));

interface DeleteSelectedProps {
  readonly model: ModelDescriptor;
  readonly target: BulkTarget | undefined;
  readonly onDone: () => void;
}

/** Deletes the records that are selected, after a question. */
export const DeleteSelected = ({ model, target, onDone }: DeleteSelectedProps) => {
  const text = useText();
  /** What was asked about: it stays the same while the dialog is open. */
  const [asked, setAsked] = useState<BulkTarget>();
  return (
    <>
      <Button size="small" color="error" startIcon={<Delete />} onClick={() => setAsked(target)}>
        {text('selection.delete')}
      </Button>
      {asked !== undefined && (
        <Suspense fallback={null}>
          <DeleteDialog model={model} target={asked} onDone={onDone} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </>
  );
};

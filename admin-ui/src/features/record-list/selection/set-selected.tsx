import EditNote from '@mui/icons-material/EditNote';
import { Button } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import type { BulkTarget } from '../../../records/bulk-requests.js';
import { useText } from '../../../texts/use-text.js';

const SetDialog = lazy(() => import('./set-dialog.js'));

interface SetSelectedProps {
  readonly model: ModelDescriptor;
  readonly target: BulkTarget | undefined;
  readonly onDone: () => void;
}

/** Gives all records that are selected one value of a field. */
export const SetSelected = ({ model, target, onDone }: SetSelectedProps) => {
  const text = useText();
  /** What was asked about: it stays the same while the dialog is open. */
  const [asked, setAsked] = useState<BulkTarget>();
  return (
    <>
      <Button size="small" startIcon={<EditNote />} aria-haspopup="dialog" onClick={() => setAsked(target)}>
        {text('selection.set')}
      </Button>
      {asked !== undefined && (
        <Suspense fallback={null}>
          <SetDialog model={model} target={asked} onDone={onDone} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </>
  );
};

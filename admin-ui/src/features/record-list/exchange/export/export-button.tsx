import Download from '@mui/icons-material/Download';
import { Button } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import type { FieldDescriptor, ModelDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';

const ExportDialog = lazy(() => import('./export-dialog.js'));

interface ExportButtonProps {
  readonly model: ModelDescriptor;
  /** That are shown. */
  readonly columns: readonly FieldDescriptor[];
}

/** Offers the records of a list as a file. */
export const ExportButton = ({ model, columns }: ExportButtonProps) => {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button startIcon={<Download />} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {text('export.open')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ExportDialog model={model} columns={columns} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
};

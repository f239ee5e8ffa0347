import UploadFile from '@mui/icons-material/UploadFile';
import { Button } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import type { ModelDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';

const ImportDialog = lazy(() => import('./import-dialog.js'));

/** Takes a file of records, from whoever may add some. */
export const ImportButton = ({ model }: { readonly model: ModelDescriptor }) => {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  if (!model.permissions.add) return null;
  return (
    <>
      <Button startIcon={<UploadFile />} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {text('import.open')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ImportDialog model={model} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
};

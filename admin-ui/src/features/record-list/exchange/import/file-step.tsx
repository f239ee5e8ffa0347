import UploadFile from '@mui/icons-material/UploadFile';
import { Alert, Box, Button, Typography } from '@mui/material';
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import { useText } from '../../../../texts/use-text.js';
import { ACCEPTED } from '../reading/file-format.js';

interface FileStepProps {
  readonly isBusy: boolean;
  /** Why the last one could not be taken. */
  readonly problem: string | undefined;
  readonly onChoose: (file: File) => void;
}

/** Where a file is chosen, or dropped. */
export const FileStep = ({ isBusy, problem, onChoose }: FileStepProps) => {
  const text = useText();
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file !== undefined) onChoose(file);
  };
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    take(target.files);
    // The same file chosen again is a choice, too.
    target.value = '';
  };
  const drag = (isInside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isInside);
  };
  const drop = (event: DragEvent) => {
    drag(false)(event);
    take(event.dataTransfer.files);
  };
  return (
    <>
      <Box
        onDragEnter={drag(true)}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={drop}
        sx={{
          display: 'grid',
          justifyItems: 'center',
          gap: 1.5,
          p: 4,
          textAlign: 'center',
          border: '2px dashed',
          borderRadius: 1,
          borderColor: isOver ? 'primary.main' : 'divider',
          bgcolor: isOver ? 'action.hover' : 'transparent',
        }}
      >
        <UploadFile color="action" fontSize="large" />
        <Typography>{text('import.drop')}</Typography>
        <input ref={chooser} type="file" accept={ACCEPTED} hidden onChange={choose} />
        <Button variant="contained" loading={isBusy} autoFocus onClick={() => chooser.current?.click()}>
          {text('import.choose')}
        </Button>
        <Typography variant="body2" color="text.secondary">
          {text('import.formats')}
        </Typography>
      </Box>
      <div role="alert">
        {problem !== undefined && (
          <Alert severity="error" sx={{ mt: 2 }}>
            {problem}
          </Alert>
        )}
      </div>
    </>
  );
};

import { Button, DialogActions } from '@mui/material';
import { useText } from '../../../../texts/use-text.js';
import type { ImportRun } from './use-import-run.js';

interface ImportButtonsProps {
  readonly run: ImportRun;
  readonly hasFile: boolean;
  /** Whether the columns are such that there is something to import. */
  readonly isImportable: boolean;
  readonly onStart: (isDryRun: boolean) => void;
  readonly onStop: () => void;
  /** To the columns. */
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** What can be done in each step of an import. */
export const ImportButtons = (props: ImportButtonsProps) => {
  const { run, hasFile, isImportable, onStart, onStop, onBack, onClose } = props;
  const text = useText();
  if (run.state === 'running') {
    return (
      <DialogActions>
        <Button onClick={onStop} color="error">
          {text('import.stop')}
        </Button>
      </DialogActions>
    );
  }
  const isChecked = run.state === 'reported' && run.report.isDryRun && !run.report.isRefused;
  const isDone = run.state === 'reported' && !run.report.isDryRun && !run.report.isRefused;
  return (
    <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
      {run.state !== 'idle' && !isDone && <Button onClick={onBack}>{text('import.back')}</Button>}
      <Button onClick={onClose} variant={isDone ? 'contained' : 'text'}>
        {text('import.close')}
      </Button>
      {run.state === 'idle' && hasFile && (
        <>
          <Button onClick={() => onStart(true)} variant="outlined" disabled={!isImportable}>
            {text('import.check')}
          </Button>
          <Button onClick={() => onStart(false)} variant="contained" disabled={!isImportable}>
            {text('import.start')}
          </Button>
        </>
      )}
      {isChecked && (
        <Button onClick={() => onStart(false)} variant="contained">
          {text('import.now')}
        </Button>
      )}
    </DialogActions>
  );
};

import { Dialog, DialogContent, DialogTitle, Step, StepLabel, Stepper, useMediaQuery, type Theme } from '@mui/material';
import { useId, useState } from 'react';
import { ConfirmDialog } from '../../../../components/confirm-dialog.js';
import { LeaveGuard } from '../../../../components/leave-guard.js';
import type { ModelDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';
import { ColumnsStep } from './columns-step.js';
import { FileStep } from './file-step.js';
import { ImportButtons } from './import-buttons.js';
import { importAddress } from './import-options.js';
import { ImportOutcome } from './import-outcome.js';
import { isImportable } from './match-notes.js';
import { useFocusOnChange } from './use-focus-on-change.js';
import { useImportFile } from './use-import-file.js';
import { useImportRun } from './use-import-run.js';

interface ImportDialogProps {
  readonly model: ModelDescriptor;
  readonly onClose: () => void;
}

const STEPS = ['file', 'columns', 'result'] as const;
const TYPES = { csv: 'text/csv', ndjson: 'application/x-ndjson', json: 'application/x-ndjson' } as const;

const isRunning = (): boolean => true;

/** Takes a file of records, step by step: the file, what its columns are, and what became of it. */
const ImportDialog = ({ model, onClose }: ImportDialogProps) => {
  const text = useText();
  const id = useId();
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const file = useImportFile(model);
  const { run, start, stop, reset } = useImportRun(model.path);
  const [isAsking, setAsking] = useState(false);
  const { chosen, fields } = file;
  const step = run.state !== 'idle' ? 2 : chosen === undefined ? 0 : 1;

  const content = useFocusOnChange<HTMLDivElement>(`${step} ${run.state}`);

  const begin = (isDryRun: boolean) => {
    if (chosen === undefined) return;
    const { match, options } = chosen;
    const { format, delimiter, content } = chosen.start;
    const address = importAddress(model.path, { options, match, delimiter, isDryRun });
    void start({ address, content, contentType: TYPES[format], isDryRun });
  };
  const close = () => (run.state === 'running' ? setAsking(true) : onClose());

  return (
    <Dialog open onClose={close} maxWidth="md" fullScreen={isNarrow} aria-labelledby={id}>
      <DialogTitle id={id}>{text('import.title', { model: model.verboseName })}</DialogTitle>
      <DialogContent dividers ref={content} tabIndex={-1} sx={{ outline: 'none' }}>
        <Stepper activeStep={step} aria-label={text('import.steps')} sx={{ mb: 3 }}>
          {STEPS.map((name) => (
            <Step key={name}>
              <StepLabel>{text(`import.${name}`)}</StepLabel>
            </Step>
          ))}
        </Stepper>
        {chosen === undefined && (
          <FileStep
            isBusy={file.isReading}
            problem={file.problem}
            onChoose={(chosenFile) => void file.choose(chosenFile)}
          />
        )}
        {chosen !== undefined && run.state === 'idle' && (
          <ColumnsStep
            start={chosen.start}
            model={model}
            fields={fields}
            match={chosen.match}
            options={chosen.options}
            onMatch={file.setMatch}
            onOptions={file.setOptions}
            onDelimiter={(delimiter) => void file.choose(chosen.file, delimiter)}
            onOtherFile={file.forget}
          />
        )}
        {chosen !== undefined && <ImportOutcome run={run} chosen={chosen} fields={fields} />}
      </DialogContent>
      <ImportButtons
        run={run}
        hasFile={chosen !== undefined}
        isImportable={
          chosen !== undefined && isImportable({ match: chosen.match, fields, isCreating: chosen.options.on === null })
        }
        onStart={begin}
        onStop={stop}
        onBack={reset}
        onClose={close}
      />
      {run.state === 'running' && <LeaveGuard hasChanges={isRunning} />}
      <ConfirmDialog
        isOpen={isAsking && run.state === 'running'}
        title={text('import.stopTitle')}
        confirm={text('import.stopConfirm')}
        cancel={text('import.stopBack')}
        onConfirm={() => {
          setAsking(false);
          stop();
        }}
        onCancel={() => setAsking(false)}
      >
        {text('import.stopWarning')}
      </ConfirmDialog>
    </Dialog>
  );
};

export default ImportDialog;

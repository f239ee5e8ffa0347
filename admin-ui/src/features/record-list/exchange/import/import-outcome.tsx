import { Alert } from '@mui/material';
import { useErrorText } from '../../../../components/use-error-text.js';
import type { FieldDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';
import { ProgressStep } from './progress-step.js';
import { ReportStep } from './report-step.js';
import type { ChosenFile } from './use-import-file.js';
import type { ImportRun } from './use-import-run.js';

interface ImportOutcomeProps {
  readonly run: ImportRun;
  readonly chosen: ChosenFile;
  readonly fields: readonly FieldDescriptor[];
}

/** How far an import is, and what became of it. */
export const ImportOutcome = ({ run, chosen: { start, match, options }, fields }: ImportOutcomeProps) => {
  const text = useText();
  const errorText = useErrorText();
  if (run.state === 'idle') return null;
  if (run.state === 'running') return <ProgressStep name={start.name} isDryRun={run.isDryRun} bytes={run.bytes} />;
  if (run.state === 'cancelled') {
    return <Alert severity="info">{text(run.isSure ? 'import.cancelled' : 'import.cancelledLate')}</Alert>;
  }
  if (run.state === 'failed') {
    const problem = errorText(run.error);
    return <Alert severity="error">{text(run.isSure ? 'import.failed' : 'import.failedLate', { problem })}</Alert>;
  }
  return (
    <ReportStep report={run.report} start={start} match={match} fields={fields} skipsErrors={options.skipsErrors} />
  );
};

import Download from '@mui/icons-material/Download';
import { Alert, Button, Typography } from '@mui/material';
import type { FieldDescriptor } from '../../../../models/model-descriptor.js';
import { useText, type TextKey } from '../../../../texts/use-text.js';
import { saveFile } from '../../../../components/save-file.js';
import type { ColumnMatch } from '../reading/column-match.js';
import type { FileStart } from '../reading/file-start.js';
import { failedFile } from './failed-records.js';
import { type ImportReport, isCutShort } from './import-report.js';
import { MistakeTable } from './mistake-table.js';
import { ReportFigures } from './report-figures.js';
import { usePickedRecords } from './use-picked-records.js';

interface ReportStepProps {
  readonly report: ImportReport;
  readonly start: FileStart;
  readonly match: ColumnMatch;
  readonly fields: readonly FieldDescriptor[];
  /** Whether the wrong records are left out, so that they are what is still to be imported. */
  readonly skipsErrors: boolean;
}

const headline = ({ isDryRun, isRefused, failed, records }: ImportReport): TextKey => {
  if (isRefused) return isDryRun ? 'import.wouldBeRefused' : 'import.refused';
  if (records === 0) return 'import.empty';
  if (isDryRun) return 'import.checked';
  return failed > 0 ? 'import.doneInPart' : 'import.done';
};

const severityOf = ({ isDryRun, isRefused, failed, records }: ImportReport) => {
  if (isRefused) return 'error';
  if (failed > 0 || records === 0) return 'warning';
  return isDryRun ? 'info' : 'success';
};

const nameOf = ({ name }: FileStart): string => name.replace(/(\.[^.]*)?$/, '');

/** What became of a file. */
export const ReportStep = ({ report, start, match, fields, skipsErrors }: ReportStepProps) => {
  const text = useText();
  const picked = usePickedRecords(start, report);
  const { mistakes, ignored } = report;
  const labels = ignored.map((name) => fields.find((field) => field.name === name)?.verboseName ?? name);
  const download = () => {
    if (picked === undefined) return;
    const file = failedFile(picked, mistakes, start, text('import.mistakeColumn'));
    saveFile(file, `${nameOf(start)}-wrong.${start.format === 'csv' ? 'csv' : 'ndjson'}`);
  };
  return (
    <>
      <Alert severity={severityOf(report)} role="status">
        {text(headline(report))}
      </Alert>
      <ReportFigures report={report} />
      {labels.length > 0 && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {text('import.ignored', { fields: labels.join(', ') })}
        </Alert>
      )}
      {mistakes.length > 0 && (
        <>
          <Typography variant="h3" gutterBottom>
            {text('import.mistakes')}
          </Typography>
          {isCutShort(report) && (
            <Alert severity="warning" sx={{ mb: 1 }}>
              {text('import.more', { listed: mistakes.length })}
            </Alert>
          )}
          {report.isRefused && !report.isDryRun && (
            <Alert severity="info" sx={{ mb: 1 }}>
              {text('import.stoppedEarly', { check: text('import.check') })}
            </Alert>
          )}
          <MistakeTable mistakes={mistakes} start={start} match={match} fields={fields} picked={picked} />
          {skipsErrors && (picked?.records.length ?? 0) > 0 && (
            <Button startIcon={<Download />} onClick={download} sx={{ mt: 1 }}>
              {text('import.download')}
            </Button>
          )}
        </>
      )}
    </>
  );
};

import { Alert, Stack } from '@mui/material';
import type { FieldDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';
import { type ColumnMatch, missingFields } from '../reading/column-match.js';

interface MatchNotesProps {
  readonly match: ColumnMatch;
  readonly fields: readonly FieldDescriptor[];
  /** Whether every record is a new one. */
  readonly isCreating: boolean;
}

/** Whether anything can be done with a file whose columns are these fields. */
export const isImportable = ({ match, fields, isCreating }: MatchNotesProps): boolean =>
  [...match.values()].some((field) => field !== null) && !(isCreating && missingFields(match, fields).length > 0);

/** What is lost of a file, and what it lacks. */
export const MatchNotes = ({ match, fields, isCreating }: MatchNotesProps) => {
  const text = useText();
  const leftOut = [...match].filter(([, field]) => field === null).map(([column]) => column);
  const missing = missingFields(match, fields).map(({ verboseName }) => verboseName);
  const hasNothing = leftOut.length === match.size;
  return (
    <Stack sx={{ gap: 1, my: 2 }} role="status">
      {hasNothing && <Alert severity="error">{text('import.nothing')}</Alert>}
      {!hasNothing && leftOut.length > 0 && (
        <Alert severity="warning">
          {text('import.leftOut', {
            smart_count: leftOut.length,
            columns: leftOut.map((name) => `“${name}”`).join(', '),
          })}
        </Alert>
      )}
      {!hasNothing && missing.length > 0 && (
        <Alert severity={isCreating ? 'error' : 'warning'}>
          {text('import.missing', { fields: missing.map((name) => `“${name}”`).join(', ') })}
        </Alert>
      )}
    </Stack>
  );
};

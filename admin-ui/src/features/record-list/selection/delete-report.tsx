import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useId } from 'react';
import { useErrorText } from '../../../components/use-error-text.js';
import { type BulkTarget, countOf, MOST_ONE_BY_ONE } from '../../../records/bulk-requests.js';
import type { RecordId } from '../../../records/stored-record.js';
import { useText } from '../../../texts/use-text.js';

/** What came of deleting many records. */
export interface Deleted {
  readonly asked: BulkTarget;
  readonly count: number;
  readonly failures: readonly { readonly id: RecordId; readonly title: string; readonly message: string }[];
  readonly error?: unknown;
}

interface DeleteReportProps {
  readonly deleted: Deleted;
  readonly onClose: () => void;
}

const Problem = ({ deleted: { asked, count, error } }: Pick<DeleteReportProps, 'deleted'>) => {
  const text = useText();
  const errorText = useErrorText();
  const isTooMany = count === 0 && countOf(asked) > MOST_ONE_BY_ONE;
  return (
    <Alert severity="error" sx={{ my: 1 }}>
      {text('selection.stopped', { problem: errorText(error) })}{' '}
      {isTooMany && text('selection.tooMany', { most: MOST_ONE_BY_ONE })}
    </Alert>
  );
};

/** Says which records are deleted, and of each that is not, why. */
export const DeleteReport = ({ deleted, onClose }: DeleteReportProps) => {
  const text = useText();
  const id = useId();
  const { asked, count, failures, error } = deleted;
  const missing = error === undefined ? countOf(asked) - count - failures.length : 0;
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{text('selection.deleted', { smart_count: count })}</DialogTitle>
      <DialogContent>
        {error !== undefined && <Problem deleted={deleted} />}
        {failures.length > 0 && (
          <>
            <Typography gutterBottom>{text('selection.notDeleted', { smart_count: failures.length })}</Typography>
            <Box component="ul" sx={{ m: 0, pl: 2.5, maxHeight: '50vh', overflowY: 'auto' }} tabIndex={0}>
              {failures.map((failure) => (
                <Box key={failure.id} component="li" sx={{ mb: 1, overflowWrap: 'anywhere' }}>
                  <b>{failure.title}</b>: {failure.message}
                </Box>
              ))}
            </Box>
          </>
        )}
        {missing > 0 && <Typography>{text('selection.missing', { smart_count: missing })}</Typography>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          {text('selection.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};

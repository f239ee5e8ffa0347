import { Box, Paper, Typography } from '@mui/material';
import { useLocale } from 'react-admin';
import { useText } from '../../../texts/use-text.js';
import { DifferenceTable } from '../difference-table.js';
import { differences } from '../differences.js';
import { OperationList } from '../plan/operation-list.js';
import type { HistoryEntry } from '../stored/history-entry.js';

/** One change of a model: who and when, what was done to the table, and which properties are others since. */
export const HistoryCard = ({ entry }: { readonly entry: HistoryEntry }) => {
  const text = useText();
  const locale = useLocale();
  const { kind, by, at, version, durationMs, before, after, operations } = entry;
  const changed = before === null || after === null ? [] : differences(before, after, text('history.yes'));
  const when = new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const what = text(`history.${kind}`);
  return (
    <Paper variant="outlined" component="article" sx={{ p: 2, mb: 2 }}>
      <Typography variant="h2">{by === null ? what : text('history.by', { kind: what, who: by })}</Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
        <time dateTime={at}>{text('history.at', { when, version, duration: Math.round(durationMs) })}</time>
      </Typography>
      {operations.length === 0 && <Typography variant="body2">{text('history.noOperations')}</Typography>}
      <OperationList operations={operations} />
      {changed.length > 0 && (
        <Box sx={{ mt: 2 }}>
          <Typography variant="h3" gutterBottom>
            {text('history.changes')}
          </Typography>
          <DifferenceTable
            differences={changed}
            titles={[text('modelConflict.what'), text('history.before'), text('history.after')]}
            nothing={text('modelConflict.none')}
          />
        </Box>
      )}
    </Paper>
  );
};

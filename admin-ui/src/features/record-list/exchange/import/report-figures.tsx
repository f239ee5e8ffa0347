import { Box, Typography } from '@mui/material';
import { useFormatLocale } from '../../../../texts/use-format-locale.js';
import { useText } from '../../../../texts/use-text.js';
import type { ImportReport } from './import-report.js';

/** How many records of a file were, or would be, written. */
export const ReportFigures = ({ report }: { readonly report: ImportReport }) => {
  const text = useText();
  const locale = useFormatLocale();
  const { records, created, updated, failed, isDryRun } = report;
  const figures = [
    [text('import.read'), records],
    [text(isDryRun ? 'import.wouldCreate' : 'import.created'), created],
    [text(isDryRun ? 'import.wouldUpdate' : 'import.updated'), updated],
    [text('import.wrong'), failed],
  ] as const;
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr 1fr', sm: 'repeat(4, 1fr)' }, gap: 1.5, m: 0, my: 2 }}
    >
      {figures.map(([label, figure]) => (
        <Box key={label} sx={{ p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {label}
          </Typography>
          <Typography component="dd" variant="h1" sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}>
            {figure.toLocaleString(locale)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
};

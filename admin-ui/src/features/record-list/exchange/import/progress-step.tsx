import { Box, LinearProgress, Typography } from '@mui/material';
import type { SentBytes } from '../../../../api/send-file.js';
import { useFormatLocale } from '../../../../texts/use-format-locale.js';
import { useText } from '../../../../texts/use-text.js';
import { byteText } from './byte-text.js';

interface ProgressStepProps {
  readonly name: string;
  readonly isDryRun: boolean;
  readonly bytes: SentBytes;
}

/** How much of a file the server has got. It takes no more than it has written, so this is how far the import is. */
export const ProgressStep = ({ name, isDryRun, bytes: { sent, total } }: ProgressStepProps) => {
  const text = useText();
  const locale = useFormatLocale();
  const share = total === 0 ? 0 : Math.min(1, sent / total);
  const isSent = share === 1;
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(share);
  return (
    <Box sx={{ py: 4 }}>
      <Typography gutterBottom sx={{ overflowWrap: 'anywhere' }}>
        {text(isDryRun ? 'import.checking' : 'import.importing', { name })}
      </Typography>
      <LinearProgress
        aria-label={text('import.progress')}
        variant={isSent ? 'indeterminate' : 'determinate'}
        value={Math.floor(share * 100)}
        sx={{ my: 1, height: 8, borderRadius: 1 }}
      />
      <Typography variant="body2" color="text.secondary" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {isSent
          ? text('import.finishing')
          : text('import.sent', { sent: byteText(sent, locale), total: byteText(total, locale), percent })}
      </Typography>
    </Box>
  );
};

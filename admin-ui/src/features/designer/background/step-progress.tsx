import { Box, LinearProgress, Typography } from '@mui/material';
import { useFormatLocale } from '../../../texts/use-format-locale.js';
import { useText } from '../../../texts/use-text.js';
import { type BackgroundStep, shareOf } from './background-change.js';

interface StepProgressProps {
  readonly step: BackgroundStep;
}

/** One step of a change: what it does, its state, and how far it is as far as anybody knows. */
export const StepProgress = ({ step }: StepProgressProps) => {
  const text = useText();
  const locale = useFormatLocale();
  const { description, state, done, total } = step;
  const share = shareOf(step);
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const isCounted = state === 'building' && done > 0;
  const figures = () => {
    if (share === undefined) return text('background.soFar', { done: number(done) });
    const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(share);
    return text('background.percent', { done: number(done), total: number(total ?? 0), percent });
  };
  return (
    <Box component="li" sx={{ minWidth: 0 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}>
        <Typography variant="body2" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}>
          {description}
        </Typography>
        <Typography variant="body2" color={state === 'failed' ? 'error' : 'text.secondary'} sx={{ fontWeight: 600 }}>
          {text(`background.stepStates.${state}`)}
        </Typography>
      </Box>
      <LinearProgress
        aria-label={text('background.progress', { step: description })}
        color={state === 'failed' ? 'error' : 'primary'}
        // What has failed does not move.
        variant={share === undefined && state !== 'failed' ? 'indeterminate' : 'determinate'}
        value={Math.floor((share ?? 0) * 100)}
        sx={{ my: 0.5, height: 6, borderRadius: 1 }}
      />
      {isCounted && (
        <Typography variant="caption" color="text.secondary" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          {figures()}
        </Typography>
      )}
    </Box>
  );
};

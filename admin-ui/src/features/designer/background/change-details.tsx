import { Box, Typography } from '@mui/material';
import { useLocale } from 'react-admin';
import { useText } from '../../../texts/use-text.js';
import type { BackgroundChange } from './background-change.js';
import { StepProgress } from './step-progress.js';

interface ChangeDetailsProps {
  readonly change: BackgroundChange;
}

/** What a change does, who asked for it and when, and its steps. */
export const ChangeDetails = ({ change }: ChangeDetailsProps) => {
  const text = useText();
  const locale = useLocale();
  const { description, state, by, createdAt, finishedAt } = change;
  // Of what is made, nobody asks any more how.
  const steps = state === 'valid' ? [] : change.steps;
  const moment = (value: string) => new Date(value).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const when = moment(createdAt);
  const asked =
    by === null ? text('background.askedBySomebody', { when }) : text('background.asked', { who: by, when });
  return (
    <>
      <Box component="ul" sx={{ m: 0, mb: 0.5, pl: 2.5, overflowWrap: 'anywhere' }}>
        {description.split('\n').map((sentence, place) => (
          <li key={`${place} ${sentence}`}>{sentence}</li>
        ))}
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5, overflowWrap: 'anywhere' }}>
        {[asked, ...(finishedAt === null ? [] : [text('background.finished', { when: moment(finishedAt) })])].join(
          ' · ',
        )}
      </Typography>
      {steps.length > 0 && (
        <Box
          component="ol"
          aria-label={text('background.steps')}
          sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}
        >
          {steps.map((step) => (
            <StepProgress key={step.position} step={step} />
          ))}
        </Box>
      )}
    </>
  );
};

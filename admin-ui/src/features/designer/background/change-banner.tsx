import { Alert, Box, Paper, Typography } from '@mui/material';
import { useText } from '../../../texts/use-text.js';
import { type BackgroundChange, isEnding, isUnderWay } from './background-change.js';
import { CancelChange } from './cancel-change.js';
import { ChangeDetails } from './change-details.js';

/** Of the banner, for links that lead to it. */
const BANNER = 'background-change';

/** Leads whoever asks how far the change is to the banner. */
export const showBanner = (): void => {
  const banner = document.getElementById(BANNER);
  banner?.focus();
  banner?.scrollIntoView({ block: 'start' });
};

interface ChangeBannerProps {
  readonly change: BackgroundChange;
  /** The form holds what was to be made. */
  readonly isDraftKept: boolean;
  readonly onDismiss: () => void;
}

const Outcome = ({ change, isDraftKept, onDismiss }: ChangeBannerProps) => {
  const text = useText();
  const { error } = change;
  return (
    <Alert
      severity={error === null ? 'info' : 'error'}
      onClose={onDismiss}
      closeText={text('background.dismiss')}
      role={error === null ? 'status' : 'alert'}
      sx={{ mb: 2, overflowWrap: 'anywhere' }}
    >
      {error === null ? text('background.cancelled') : text('background.failed', { reason: error.message })}
      {isDraftKept && ` ${text('background.draftKept')}`}
    </Alert>
  );
};

/** A change of the model that is under way, whoever has asked for it; when it came to nothing, why. */
export const ChangeBanner = (props: ChangeBannerProps) => {
  const text = useText();
  const { change } = props;
  if (change.state === 'valid') return null;
  if (!isUnderWay(change)) return <Outcome {...props} />;
  const isReady = change.steps.every(({ state }) => state === 'valid');
  const told = isReady ? 'background.ready' : 'background.hint';
  return (
    <Paper
      component="section"
      id={BANNER}
      tabIndex={-1}
      variant="outlined"
      aria-labelledby={`${BANNER}-title`}
      sx={{ p: 2, mb: 2, borderLeft: 4, borderLeftColor: 'primary.main', scrollMarginTop: 88 }}
    >
      <Typography id={`${BANNER}-title`} variant="h2" gutterBottom>
        {text('background.underWay')}
      </Typography>
      <Typography role="status" color="text.secondary" gutterBottom>
        {text(isEnding(change) ? 'background.ending' : told)}
      </Typography>
      <ChangeDetails change={change} />
      {!isEnding(change) && (
        <Box sx={{ mt: 2 }}>
          <CancelChange id={change.id} />
        </Box>
      )}
    </Paper>
  );
};

import { Chip, Stack } from '@mui/material';
import { useText } from '../../../texts/use-text.js';
import { remedyText } from './blocker-card.js';
import type { Remedy } from './remedy.js';

interface DecisionsProps {
  readonly remedies: readonly Remedy[];
  readonly onRemedies: (remedies: readonly Remedy[]) => void;
}

/** What was decided about rows in the way, until it is taken back. */
export const Decisions = ({ remedies, onRemedies }: DecisionsProps) => {
  const text = useText();
  return (
    <Stack sx={{ gap: 1, alignItems: 'flex-start' }}>
      {remedies.map((remedy, place) => {
        const { blocker, action, shown } = remedy;
        const key = shown === '' ? 'plan.decision' : 'plan.decisionWithValue';
        return (
          <Chip
            key={`${place} ${blocker.path} ${action}`}
            label={text(key, { fields: blocker.path, remedy: text(remedyText(action)), value: shown })}
            onDelete={() => onRemedies(remedies.filter((other) => other !== remedy))}
            aria-label={text('plan.undo', { fields: blocker.path })}
            sx={{ height: 'auto', '& .MuiChip-label': { whiteSpace: 'normal', py: 0.5 } }}
          />
        );
      })}
    </Stack>
  );
};

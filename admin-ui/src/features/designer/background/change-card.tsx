import { Alert, Box, Chip, Link, Paper } from '@mui/material';
import { Fragment } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useText } from '../../../texts/use-text.js';
import { designerPaths } from '../designer-paths.js';
import { type BackgroundChange, type BackgroundState, isEnding, isUnderWay } from './background-change.js';
import { CancelChange } from './cancel-change.js';
import { ChangeDetails } from './change-details.js';

const COLOURS: Readonly<Record<BackgroundState, 'primary' | 'success' | 'error' | 'default'>> = {
  pending: 'default',
  building: 'primary',
  valid: 'success',
  failed: 'error',
  cancelled: 'default',
};

interface ChangeCardProps {
  readonly change: BackgroundChange;
  /** Ids of models by their names. */
  readonly ids: ReadonlyMap<string, string>;
}

/** A change in the list of all. */
export const ChangeCard = ({ change, ids }: ChangeCardProps) => {
  const text = useText();
  const { state, models, error } = change;
  return (
    <Paper variant="outlined" component="article" aria-label={models.join(', ')} sx={{ p: 2, mb: 2 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
        <Box sx={{ flexGrow: 1, fontWeight: 600, overflowWrap: 'anywhere' }}>
          {models.map((name, place) => {
            const id = ids.get(name);
            return (
              <Fragment key={name}>
                {place > 0 && ', '}
                {id === undefined ? (
                  name
                ) : (
                  <Link component={RouterLink} to={designerPaths.edit(id)} underline="hover">
                    {name}
                  </Link>
                )}
              </Fragment>
            );
          })}
        </Box>
        <Chip size="small" variant="outlined" color={COLOURS[state]} label={text(`background.states.${state}`)} />
      </Box>
      {error !== null && (
        <Alert severity="error" role="note" sx={{ mb: 1.5, overflowWrap: 'anywhere' }}>
          {error.message}
        </Alert>
      )}
      <ChangeDetails change={change} />
      {isUnderWay(change) && !isEnding(change) && (
        <Box sx={{ mt: 2 }}>
          <CancelChange id={change.id} />
        </Box>
      )}
    </Paper>
  );
};

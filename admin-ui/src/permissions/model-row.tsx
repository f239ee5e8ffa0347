import ExpandLess from '@mui/icons-material/ExpandLess';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, Button, Checkbox, FormControlLabel, FormHelperText, Typography } from '@mui/material';
import { Suspense, useId, useState } from 'react';
import type { RecordAction } from '../accounts/grant.js';
import { useEntryForm } from '../components/entry-form-context.js';
import { PageLoading } from '../components/page-loading.js';
import type { ModelSummary } from '../models/model-descriptor.js';
import { useText } from '../texts/use-text.js';
import { type GrantDraft, positionOf, withGrant } from './grant-draft.js';
import { ModelLimits } from './model-limits.js';

export interface ModelRowProps {
  readonly model: ModelSummary;
  readonly actions: readonly RecordAction[];
  readonly drafts: readonly GrantDraft[];
  readonly hasLimits: boolean;
  readonly mayGrant: (model: ModelSummary, action: RecordAction) => boolean;
  readonly onChange: (drafts: readonly GrantDraft[]) => void;
}

/** What may be done with the records of one model. */
export const ModelRow = (props: ModelRowProps) => {
  const { model, actions, drafts, hasLimits, mayGrant, onChange } = props;
  const text = useText();
  const id = useId();
  const { mistakes, forget } = useEntryForm();
  const [isOpened, setOpened] = useState(false);
  const own = drafts.filter(({ modelId }) => modelId === model.id);
  const isLimited = own.some(({ fields, where }) => fields !== null || where !== null);
  const wrong = mistakes.filter(({ path }) => own.some((draft) => draft === drafts[Number(path.split('.')[1])]));
  const others = wrong.filter(({ path }) => !/^permissions\.\d+\.(where|fields)/.test(path));
  const isOpen = own.length > 0 && (isOpened || wrong.length > 0);

  const toggle = (action: RecordAction, isGranted: boolean) => {
    // The others move, and what was wrong with them would stand at their neighbours.
    forget('permissions.');
    onChange(withGrant(drafts, { action, modelId: model.id }, isGranted));
  };
  return (
    <Box role="group" aria-labelledby={id} sx={{ borderTop: 1, borderColor: 'divider', py: 0.5 }}>
      <Box
        sx={{
          display: 'grid',
          alignItems: 'center',
          gridTemplateColumns: { xs: '1fr 1fr', sm: 'minmax(140px, 1fr) repeat(4, auto) 132px' },
          columnGap: { xs: 1, sm: 2 },
        }}
      >
        <Typography id={id} sx={{ gridColumn: { xs: '1 / -1', sm: 1 }, fontWeight: 500, overflowWrap: 'anywhere' }}>
          {model.verboseName}
        </Typography>
        {actions.map((action, place) => (
          <FormControlLabel
            key={action}
            sx={{ mr: 0, gridColumn: { sm: place + 2 } }}
            label={text(`accounts.actions.${action}`)}
            disabled={!mayGrant(model, action)}
            control={
              <Checkbox
                checked={positionOf(drafts, { action, modelId: model.id }) >= 0}
                onChange={(_event, isGranted) => toggle(action, isGranted)}
                slotProps={{
                  input: {
                    'aria-label': text('accounts.permissions.grant', {
                      action: text(`accounts.actions.${action}`),
                      model: model.verboseName,
                    }),
                  },
                }}
              />
            }
          />
        ))}
        {hasLimits && own.length > 0 && (
          <Button
            size="small"
            sx={{ gridColumn: { xs: '1 / -1', sm: 6 }, justifySelf: { xs: 'start', sm: 'end' } }}
            variant={isLimited ? 'outlined' : 'text'}
            endIcon={isOpen ? <ExpandLess /> : <ExpandMore />}
            aria-expanded={isOpen}
            aria-label={text(isLimited ? 'accounts.permissions.limitedOf' : 'accounts.permissions.limitsOf', {
              model: model.verboseName,
            })}
            onClick={() => setOpened(!isOpen)}
          >
            {text(isLimited ? 'accounts.permissions.limited' : 'accounts.permissions.limits')}
          </Button>
        )}
      </Box>
      {others.length > 0 && <FormHelperText error>{others.map(({ message }) => message).join(' ')}</FormHelperText>}
      {hasLimits && isOpen && (
        <Suspense fallback={<PageLoading />}>
          <ModelLimits model={model} actions={actions} drafts={drafts} onChange={onChange} />
        </Suspense>
      )}
    </Box>
  );
};

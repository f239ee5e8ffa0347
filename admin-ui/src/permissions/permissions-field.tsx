import Search from '@mui/icons-material/Search';
import { Box, Checkbox, FormControlLabel, FormHelperText, InputAdornment, TextField, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useController } from 'react-hook-form';
import { RECORD_ACTIONS, type RecordAction } from '../accounts/grant.js';
import { useEntryForm } from '../components/entry-form-context.js';
import { appLabel, groupByApp } from '../models/app-groups.js';
import type { ModelSummary } from '../models/model-descriptor.js';
import { useModels } from '../models/use-models.js';
import { useText } from '../texts/use-text.js';
import { type GrantDraft, positionOf, withGrant } from './grant-draft.js';
import { ModelRow } from './model-row.js';

/** From this many models on they are easier found by name. */
const MANY = 12;
/** More lines than anybody reads; a search finds the others. */
const MOST_SHOWN = 60;

const SCHEMA = { action: 'schema', modelId: null } as const;

interface WithPermissions {
  readonly permissions: readonly GrantDraft[];
}

interface PermissionsFieldProps {
  /** Default: all. */
  readonly actions?: readonly RecordAction[];
  /** Whether there may be the right to change models and fields. */
  readonly hasSchema?: boolean;
  /** Whether single fields and records may be granted. */
  readonly hasLimits?: boolean;
  /** Default: everything. */
  readonly mayGrant?: (model: ModelSummary, action: RecordAction) => boolean;
}

/** Who may do what: the permissions of a form, model by model. */
export const PermissionsField = ({
  actions = RECORD_ACTIONS,
  hasSchema = true,
  hasLimits = true,
  mayGrant = () => true,
}: PermissionsFieldProps) => {
  const text = useText();
  const schemaId = useId();
  const { field } = useController<WithPermissions, 'permissions'>({ name: 'permissions' });
  const { mistakes } = useEntryForm();
  const [sought, setSought] = useState('');
  const drafts = field.value;
  const models = useModels().models.filter((model) => actions.some((action) => mayGrant(model, action)));
  const part = sought.trim().toLowerCase();
  const wrong = mistakes.flatMap(({ path }) => drafts[Number(path.split('.')[1])]?.modelId ?? []);
  const [granted] = useState(() => new Set(drafts.map(({ modelId }) => modelId)));
  // What is granted is found at once, also among very many models.
  const ordered = models.toSorted((a, b) => Number(granted.has(b.id)) - Number(granted.has(a.id)));
  const fitting = (models.length > MOST_SHOWN ? ordered : models).filter(
    ({ id, app, name, verboseName }) =>
      `${app}.${name} ${verboseName}`.toLowerCase().includes(part) || wrong.includes(id),
  );

  return (
    <>
      {hasSchema && (
        <Box sx={{ mt: 1 }}>
          <FormControlLabel
            label={text('accounts.permissions.schema')}
            control={
              <Checkbox
                checked={positionOf(drafts, SCHEMA) >= 0}
                onChange={(_event, isGranted) => field.onChange(withGrant(drafts, SCHEMA, isGranted))}
                slotProps={{ input: { 'aria-describedby': schemaId } }}
              />
            }
          />
          <FormHelperText id={schemaId} sx={{ mt: 0 }}>
            {text('accounts.permissions.schemaHint')}
          </FormHelperText>
        </Box>
      )}
      {models.length > MANY && (
        <TextField
          type="search"
          value={sought}
          onChange={({ target }) => setSought(target.value)}
          // It would save.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          placeholder={text('accounts.permissions.find')}
          sx={{ mt: 2, maxWidth: { sm: 320 } }}
          slotProps={{
            htmlInput: { 'aria-label': text('accounts.permissions.find') },
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <Search fontSize="small" />
                </InputAdornment>
              ),
            },
          }}
        />
      )}
      {groupByApp(fitting.slice(0, MOST_SHOWN)).map(({ app, models: own }) => (
        <Box key={app} sx={{ mt: 2 }}>
          <Typography variant="h3" color="text.secondary" gutterBottom>
            {appLabel(app)}
          </Typography>
          {own.map((model) => (
            <ModelRow
              key={model.id}
              model={model}
              actions={actions}
              drafts={drafts}
              hasLimits={hasLimits}
              mayGrant={mayGrant}
              onChange={field.onChange}
            />
          ))}
        </Box>
      ))}
      {fitting.length === 0 && (
        <Typography color="text.secondary" sx={{ mt: 2 }}>
          {text(models.length === 0 ? 'accounts.permissions.none' : 'accounts.permissions.noneFound')}
        </Typography>
      )}
      {fitting.length > MOST_SHOWN && (
        <Typography color="text.secondary" sx={{ mt: 2 }}>
          {text('accounts.permissions.more', { smart_count: fitting.length - MOST_SHOWN })}
        </Typography>
      )}
    </>
  );
};

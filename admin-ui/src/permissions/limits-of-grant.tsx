import { Autocomplete, Box, Checkbox, FormControlLabel, TextField, Typography } from '@mui/material';
import { type ModelDescriptor } from '../models/model-descriptor.js';
import { useText } from '../texts/use-text.js';
import type { GrantDraft } from './grant-draft.js';
import { RuleInput } from './rule-input.js';
import { useGrantMistakes } from './use-grant-mistakes.js';

interface LimitsOfGrantProps {
  readonly model: ModelDescriptor;
  readonly draft: GrantDraft;
  /** Among all permissions of the form. */
  readonly position: number;
  readonly onChange: (limits: Partial<Pick<GrantDraft, 'fields' | 'where'>>) => void;
}

/** To which fields and records a permission is limited. */
export const LimitsOfGrant = ({ model, draft, position, onChange }: LimitsOfGrantProps) => {
  const text = useText();
  const { action, fields, where } = draft;
  const problem = useGrantMistakes(position).of('fields');
  const hasFields = action !== 'delete';
  return (
    <Box
      role="group"
      aria-label={text('accounts.permissions.grant', nameOf(text(`accounts.actions.${action}`), model))}
    >
      <Typography variant="h3" component="p">
        {text(`accounts.actions.${action}`)}
      </Typography>
      {hasFields && (
        <FormControlLabel
          label={text('accounts.permissions.onlyFields')}
          control={
            <Checkbox checked={fields !== null} onChange={(_event, isOn) => onChange({ fields: isOn ? [] : null })} />
          }
        />
      )}
      {hasFields && fields !== null && (
        <Autocomplete
          multiple
          disableCloseOnSelect
          options={model.fields.map(({ name }) => name)}
          value={[...fields]}
          onChange={(_event, chosen) => onChange({ fields: chosen })}
          renderInput={(parameters) => (
            <TextField
              {...parameters}
              label={text('accounts.permissions.fields')}
              error={problem !== undefined}
              helperText={problem ?? (fields.length === 0 ? text('accounts.permissions.noFields') : undefined)}
            />
          )}
        />
      )}
      <Box>
        <FormControlLabel
          label={text('accounts.permissions.onlyRecords')}
          control={
            <Checkbox checked={where !== null} onChange={(_event, isOn) => onChange({ where: isOn ? '' : null })} />
          }
        />
      </Box>
      {where !== null && (
        <RuleInput model={model} position={position} value={where} onChange={(next) => onChange({ where: next })} />
      )}
    </Box>
  );
};

const nameOf = (action: string, { verboseName }: ModelDescriptor) => ({ action, model: verboseName });

import { MenuItem, TextField } from '@mui/material';
import { useController } from 'react-hook-form';
import { FormField } from '../../components/form-field.js';
import { useText } from '../../texts/use-text.js';
import { DATE, DAYS, type KeyValues, NEVER, YEAR } from './key-values.js';

/** How long a key is valid. */
export const ExpiryFields = () => {
  const text = useText();
  const { field } = useController<KeyValues, 'validFor'>({ name: 'validFor' });
  const { ref, ...rest } = field;
  return (
    <>
      <TextField {...rest} inputRef={ref} select margin="normal" label={text('accounts.keys.expiry')}>
        {DAYS.map((days) => (
          <MenuItem key={days} value={String(days)}>
            {text('accounts.keys.days', { smart_count: days })}
          </MenuItem>
        ))}
        <MenuItem value={YEAR}>{text('accounts.keys.year')}</MenuItem>
        <MenuItem value={DATE}>{text('accounts.keys.until')}</MenuItem>
        <MenuItem value={NEVER}>{text('accounts.keys.forever')}</MenuItem>
      </TextField>
      {field.value === DATE && (
        <FormField<KeyValues>
          name="expiresAt"
          type="date"
          label={text('accounts.keys.date')}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      )}
    </>
  );
};

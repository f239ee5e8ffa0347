import { Autocomplete, TextField } from '@mui/material';
import { useDeferredValue } from 'react';
import { useController } from 'react-hook-form';
import type { Account, PageOf } from '../../accounts/account.js';
import { useAccountList } from '../../accounts/use-accounts.js';
import { useText } from '../../texts/use-text.js';
import type { KeyValues } from './key-values.js';

const MOST_OFFERED = 20;

/** Whose key it is going to be, found by e-mail. */
export const OwnerField = () => {
  const text = useText();
  const { field, fieldState } = useController<KeyValues, 'user'>({
    name: 'user',
    rules: { required: text('validation.required') },
  });
  const sought = new URLSearchParams({ limit: String(MOST_OFFERED), email: useDeferredValue(field.value) });
  const { data } = useAccountList<PageOf<Account>>(`meta/users?${sought.toString()}`);
  return (
    <Autocomplete
      freeSolo
      options={(data?.data ?? []).map(({ email }) => email)}
      inputValue={field.value}
      onInputChange={(_event, email) => field.onChange(email)}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={text('accounts.keys.owner')}
          margin="normal"
          required
          inputRef={field.ref}
          onBlur={field.onBlur}
          error={fieldState.error !== undefined}
          helperText={fieldState.error?.message || text('accounts.keys.ownerHint')}
        />
      )}
    />
  );
};

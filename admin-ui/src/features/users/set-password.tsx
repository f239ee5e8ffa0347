import Key from '@mui/icons-material/Key';
import { Button, Dialog, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Account } from '../../accounts/account.js';
import { useForgetAccounts } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import { AccountForm } from '../../components/account-form.js';
import { PasswordField } from '../../components/password-field.js';
import { useNotice } from '../../components/use-notice.js';
import { useText } from '../../texts/use-text.js';

interface Values {
  readonly password: string;
}

interface SetPasswordProps {
  readonly user: Account;
}

const NewPassword = ({ user: { id }, onDone }: SetPasswordProps & { readonly onDone: () => void }) => {
  const text = useText();
  const notice = useNotice();
  const call = useCall();
  const forget = useForgetAccounts();
  const form = useForm<Values>({ defaultValues: { password: '' } });
  const submit = async ({ password }: Values) => {
    await call(`meta/users/${id}`, { method: 'PATCH', body: { password } });
    notice('accounts.users.passwordSet');
    onDone();
    await forget();
  };
  return (
    <AccountForm form={form} onSubmit={submit} submit={text('accounts.users.setPassword')}>
      <PasswordField<Values>
        name="password"
        label={text('password.next')}
        autoComplete="new-password"
        helperText={text('password.rules')}
        autoFocus
      />
    </AccountForm>
  );
};

/** Gives somebody another password. Who wants another one for themselves has to know the old one. */
export const SetPassword = ({ user }: SetPasswordProps) => {
  const text = useText();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button startIcon={<Key />} onClick={() => setOpen(true)}>
        {text('accounts.users.setPassword')}
      </Button>
      <Dialog open={isOpen} onClose={close} maxWidth="xs" aria-labelledby={id}>
        <DialogTitle id={id}>{text('accounts.users.setPasswordTitle', { name: user.name || user.email })}</DialogTitle>
        <DialogContent>
          <DialogContentText>{text('accounts.users.setPasswordWarning')}</DialogContentText>
          <NewPassword user={user} onDone={close} />
          <Button onClick={close} fullWidth sx={{ mt: 1 }}>
            {text('accounts.cancel')}
          </Button>
        </DialogContent>
      </Dialog>
    </>
  );
};

import { Paper, Typography } from '@mui/material';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { AccountForm } from '../../components/account-form.js';
import { Page } from '../../components/page.js';
import { PasswordField } from '../../components/password-field.js';
import { useNotice } from '../../components/use-notice.js';
import { changePassword } from '../../session/session.js';
import { useText } from '../../texts/use-text.js';

interface Passwords {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly repeated: string;
}

/** Where people change their own password. */
const PasswordPage = () => {
  const text = useText();
  const notice = useNotice();
  const navigate = useNavigate();
  const form = useForm<Passwords>({ defaultValues: { currentPassword: '', newPassword: '', repeated: '' } });
  const submit = async ({ currentPassword, newPassword }: Passwords) => {
    await changePassword(currentPassword, newPassword);
    notice('password.done');
    await navigate('/');
  };
  return (
    <Page title={text('password.title')} width="form">
      <Paper variant="outlined" sx={{ p: 3, maxWidth: 480 }}>
        <AccountForm
          form={form}
          onSubmit={submit}
          words={{ invalid_credentials: { at: 'currentPassword', message: text('password.wrong') } }}
          submit={text('password.submit')}
        >
          <Typography color="text.secondary">{text('password.intro')}</Typography>
          <PasswordField<Passwords>
            name="currentPassword"
            label={text('password.current')}
            autoComplete="current-password"
          />
          <PasswordField<Passwords>
            name="newPassword"
            label={text('password.next')}
            autoComplete="new-password"
            helperText={text('password.rules')}
          />
          <PasswordField<Passwords>
            name="repeated"
            label={text('password.repeat')}
            autoComplete="new-password"
            validate={(repeated, { newPassword }) => repeated === newPassword || text('password.different')}
          />
        </AccountForm>
      </Paper>
    </Page>
  );
};

export default PasswordPage;

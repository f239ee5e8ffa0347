import { Alert, Button, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import { AccountForm } from '../../components/account-form.js';
import { CardPage } from '../../components/card-page.js';
import { FormField } from '../../components/form-field.js';
import { PasswordField } from '../../components/password-field.js';
import { SIGN_IN_PATH } from '../../session/auth-provider.js';
import { setUp } from '../../session/session.js';
import { useText } from '../../texts/use-text.js';

interface Account {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The token of the address, which is taken out of it: nobody reads it over a shoulder or in a history. */
const useToken = (): string => {
  const { search } = useLocation();
  const navigate = useNavigate();
  const [token] = useState(() => new URLSearchParams(search).get('token') ?? '');
  useEffect(() => {
    if (search !== '') void navigate({ search: '' }, { replace: true });
  }, [search, navigate]);
  return token;
};

const AccountFields = ({ token }: { readonly token: string }) => {
  const text = useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm<Account>({ defaultValues: { name: '', email: '', password: '' } });
  const submit = async (account: Account) => {
    await setUp({ token, ...account });
    // Nobody was signed in when these were asked.
    queries.clear();
    await navigate('/');
  };
  return (
    <AccountForm
      form={form}
      onSubmit={submit}
      words={{
        invalid_token: { message: text('setUp.wrongToken') },
        already_set_up: { message: text('setUp.done') },
      }}
      submit={text('setUp.submit')}
    >
      <Typography color="text.secondary">{text('setUp.intro')}</Typography>
      <FormField<Account> name="name" label={text('setUp.name')} autoComplete="name" isRequired={false} autoFocus />
      <FormField<Account> name="email" label={text('session.email')} type="email" autoComplete="username" />
      <PasswordField<Account>
        name="password"
        label={text('session.password')}
        autoComplete="new-password"
        helperText={text('password.rules')}
      />
    </AccountForm>
  );
};

/** Where the first account is made, by whoever has the link that the server has printed. */
const SetUpPage = () => {
  const text = useText();
  const token = useToken();
  return (
    <CardPage title={text('setUp.title')}>
      {token === '' ? <Alert severity="info">{text('setUp.noToken')}</Alert> : <AccountFields token={token} />}
      <Button component={Link} to={SIGN_IN_PATH} sx={{ mt: 1 }} fullWidth>
        {text('setUp.toSignIn')}
      </Button>
    </CardPage>
  );
};

export default SetUpPage;

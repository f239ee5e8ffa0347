import { useForm } from 'react-hook-form';
import { useCheckAuth, useLogin } from 'react-admin';
import { useEffect } from 'react';
import { useNavigate } from 'react-router-dom';
import { AccountForm } from '../../components/account-form.js';
import { CardPage } from '../../components/card-page.js';
import { FormField } from '../../components/form-field.js';
import { PasswordField } from '../../components/password-field.js';
import { useText } from '../../texts/use-text.js';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Whoever is signed in has no business here. */
const useLeaveWhenSignedIn = (): void => {
  const checkAuth = useCheckAuth();
  const navigate = useNavigate();
  useEffect(() => {
    checkAuth({}, false).then(
      () => navigate('/', { replace: true }),
      () => undefined,
    );
  }, [checkAuth, navigate]);
};

/** Where people sign in; afterwards they are where they wanted to go. */
export const SignInPage = () => {
  const text = useText();
  const login = useLogin();
  const form = useForm<Credentials>({ defaultValues: { email: '', password: '' } });
  useLeaveWhenSignedIn();
  return (
    <CardPage title={text('session.title')}>
      <AccountForm
        form={form}
        onSubmit={login}
        words={{ invalid_credentials: { message: text('session.wrong') } }}
        submit={text('session.submit')}
      >
        <FormField<Credentials>
          name="email"
          label={text('session.email')}
          type="email"
          autoComplete="username"
          autoFocus
        />
        <PasswordField<Credentials> name="password" label={text('session.password')} autoComplete="current-password" />
      </AccountForm>
    </CardPage>
  );
};

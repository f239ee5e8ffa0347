import { useNavigate } from 'react-router-dom';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useForgetAccounts } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { useNotice } from '../../components/use-notice.js';
import { useText } from '../../texts/use-text.js';
import { UserForm } from './user-form.js';
import { userPaths } from './user-paths.js';
import { NEW_USER, userBody, type UserValues } from './user-values.js';

/** Where a user is made. */
const CreateUserPage = () => {
  const text = useText();
  const notice = useNotice();
  const navigate = useNavigate();
  const call = useCall();
  const forget = useForgetAccounts();
  const create = async (values: UserValues) => {
    await call('meta/users', { method: 'POST', body: userBody(values) });
    notice('accounts.saved', { name: values.email });
    await forget();
    await navigate(userPaths.list);
  };
  return (
    <SuperusersOnly>
      <Page
        title={text('accounts.users.new')}
        trail={<Trail to={userPaths.list}>{text('accounts.users.title')}</Trail>}
        width="form"
      >
        <UserForm isNew values={NEW_USER} onSubmit={create} />
      </Page>
    </SuperusersOnly>
  );
};

export default CreateUserPage;

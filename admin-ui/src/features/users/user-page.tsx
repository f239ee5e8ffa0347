import { Button } from '@mui/material';
import { Link, useNavigate, useParams } from 'react-router-dom';
import type { Account } from '../../accounts/account.js';
import { DeleteEntry } from '../../accounts/delete-entry.js';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useForgetAccounts, useOneAccount } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import { useRenewSession } from '../../accounts/use-renew-session.js';
import { NotFound } from '../../components/not-found.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { useNotice } from '../../components/use-notice.js';
import { useSession } from '../../session/use-session.js';
import { useText } from '../../texts/use-text.js';
import { SetPassword } from './set-password.js';
import { UserForm } from './user-form.js';
import { userPaths } from './user-paths.js';
import { changesOf, userBody, type UserValues, valuesOf } from './user-values.js';

const KnownUser = ({ user }: { readonly user: Account }) => {
  const text = useText();
  const notice = useNotice();
  const navigate = useNavigate();
  const call = useCall();
  const forget = useForgetAccounts();
  const renewSession = useRenewSession();
  const isOwn = useSession()?.user?.id === user.id;
  const { id, email, name } = user;
  const path = `meta/users/${id}`;
  const values = valuesOf(user);

  const save = async (given: UserValues) => {
    const changes = changesOf(userBody(values), userBody(given));
    if (Object.keys(changes).length > 0) await call(path, { method: 'PATCH', body: changes });
    notice('accounts.saved', { name: given.email });
    await forget();
    await navigate(userPaths.list);
    // Who is no superuser any more has no such page either.
    if (isOwn) await renewSession();
  };
  const afterDeletion = async () => {
    notice('accounts.deleted', { name: email });
    // First, because nobody should see that the user is gone.
    await navigate(userPaths.list);
    await (isOwn ? renewSession() : forget());
  };
  const warning = text('accounts.users.deleteHint');
  return (
    <Page
      title={name || email}
      trail={<Trail to={userPaths.list}>{text('accounts.users.title')}</Trail>}
      width="form"
      actions={
        <>
          <Button component={Link} to={`/meta/keys?user=${encodeURIComponent(email)}`}>
            {text('accounts.users.keys')}
          </Button>
          <Button component={Link} to={`/meta/audit?user=${encodeURIComponent(email)}`}>
            {text('accounts.users.audit')}
          </Button>
          {isOwn ? (
            <Button component={Link} to="/auth/password">
              {text('account.password')}
            </Button>
          ) : (
            <SetPassword user={user} />
          )}
        </>
      }
    >
      <UserForm
        values={values}
        onSubmit={save}
        actions={
          <DeleteEntry
            title={text('accounts.users.deleteTitle', { name: email })}
            warning={isOwn ? `${text('accounts.users.ownAccount')} ${warning}` : warning}
            onDelete={() => call(path, { method: 'DELETE' })}
            onDeleted={afterDeletion}
          />
        }
      />
    </Page>
  );
};

const FoundUser = () => {
  const { id = '' } = useParams();
  const user = useOneAccount<Account>(`meta/users/${encodeURIComponent(id)}`);
  return user === null ? <NotFound /> : <KnownUser key={user.id} user={user} />;
};

/** One user, for superusers. */
const UserPage = () => (
  <SuperusersOnly>
    <FoundUser />
  </SuperusersOnly>
);

export default UserPage;

import { useNavigate, useParams } from 'react-router-dom';
import type { Group } from '../../accounts/account.js';
import { DeleteEntry } from '../../accounts/delete-entry.js';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useForgetAccounts, useOneAccount } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import { NotFound } from '../../components/not-found.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { useNotice } from '../../components/use-notice.js';
import { bodiesOf, draftsOf } from '../../permissions/grant-draft.js';
import { useText } from '../../texts/use-text.js';
import { GroupForm, type GroupValues } from './group-form.js';
import { groupPaths } from './group-paths.js';

const KnownGroup = ({ group }: { readonly group: Group }) => {
  const text = useText();
  const notice = useNotice();
  const navigate = useNavigate();
  const call = useCall();
  const forget = useForgetAccounts();
  const { id, name, isActive, isAnonymous, permissions } = group;
  const path = `meta/groups/${id}`;
  const title = isAnonymous ? text('accounts.groups.everybody') : name;
  const save = async (given: GroupValues) => {
    const body = { isActive: given.isActive, permissions: bodiesOf(given.permissions) };
    await call(path, { method: 'PATCH', body: isAnonymous ? body : { ...body, name: given.name } });
    notice('accounts.saved', { name: isAnonymous ? title : given.name });
    await forget();
    await navigate(groupPaths.list);
  };
  const afterDeletion = async () => {
    notice('accounts.deleted', { name });
    // First, because nobody should see that the group is gone.
    await navigate(groupPaths.list);
    await forget();
  };
  return (
    <Page title={title} trail={<Trail to={groupPaths.list}>{text('accounts.groups.title')}</Trail>} width="form">
      <GroupForm
        values={{ name, isActive, permissions: draftsOf(permissions) }}
        isAnonymous={isAnonymous}
        onSubmit={save}
        actions={
          !isAnonymous && (
            <DeleteEntry
              title={text('accounts.groups.deleteTitle', { name })}
              warning={text('accounts.groups.deleteHint')}
              onDelete={() => call(path, { method: 'DELETE' })}
              onDeleted={afterDeletion}
            />
          )
        }
      />
    </Page>
  );
};

const FoundGroup = () => {
  const { id = '' } = useParams();
  const group = useOneAccount<Group>(`meta/groups/${encodeURIComponent(id)}`);
  return group === null ? <NotFound /> : <KnownGroup key={group.id} group={group} />;
};

/** One group, for superusers. */
const GroupPage = () => (
  <SuperusersOnly>
    <FoundGroup />
  </SuperusersOnly>
);

export default GroupPage;

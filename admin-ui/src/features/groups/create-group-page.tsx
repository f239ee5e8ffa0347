import { useNavigate } from 'react-router-dom';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useForgetAccounts } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { useNotice } from '../../components/use-notice.js';
import { bodiesOf } from '../../permissions/grant-draft.js';
import { useText } from '../../texts/use-text.js';
import { GroupForm, type GroupValues } from './group-form.js';
import { groupPaths } from './group-paths.js';

const NEW_GROUP: GroupValues = { name: '', isActive: true, permissions: [] };

/** Where a group is made. */
const CreateGroupPage = () => {
  const text = useText();
  const notice = useNotice();
  const navigate = useNavigate();
  const call = useCall();
  const forget = useForgetAccounts();
  const create = async ({ permissions, ...values }: GroupValues) => {
    await call('meta/groups', { method: 'POST', body: { ...values, permissions: bodiesOf(permissions) } });
    notice('accounts.saved', { name: values.name });
    await forget();
    await navigate(groupPaths.list);
  };
  return (
    <SuperusersOnly>
      <Page
        title={text('accounts.groups.new')}
        trail={<Trail to={groupPaths.list}>{text('accounts.groups.title')}</Trail>}
        width="form"
      >
        <GroupForm isNew values={NEW_GROUP} onSubmit={create} />
      </Page>
    </SuperusersOnly>
  );
};

export default CreateGroupPage;

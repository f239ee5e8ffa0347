import Add from '@mui/icons-material/Add';
import { Button, Chip, Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { Group, Listed } from '../../accounts/account.js';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useAccounts } from '../../accounts/use-accounts.js';
import { EmptyState } from '../../components/empty-state.js';
import { Page } from '../../components/page.js';
import { PlainList } from '../../components/plain-list.js';
import { useText } from '../../texts/use-text.js';
import { groupPaths } from './group-paths.js';
import { PublicAccess } from './public-access.js';

const AllGroups = () => {
  const text = useText();
  const groups = useAccounts<Listed<Group>>('meta/groups').data;
  const everybody = groups.find(({ isAnonymous }) => isAnonymous);
  const others = groups.filter(({ isAnonymous }) => !isAnonymous);
  return (
    <>
      {everybody !== undefined && <PublicAccess group={everybody} />}
      {others.length === 0 ? (
        <EmptyState title={text('accounts.groups.none')} hint={text('accounts.groups.noneHint')} />
      ) : (
        <PlainList
          label={text('accounts.groups.title')}
          rows={others}
          keyOf={({ id }) => id}
          columns={[
            {
              label: text('accounts.groups.name'),
              cell: ({ id, name, isActive }) => (
                <>
                  <Link component={RouterLink} to={groupPaths.edit(id)} underline="hover" sx={{ fontWeight: 600 }}>
                    {name}
                  </Link>
                  {!isActive && <Chip size="small" label={text('accounts.groups.inactive')} sx={{ ml: 1 }} />}
                </>
              ),
            },
            {
              label: text('accounts.users.title'),
              cell: ({ userCount }) => text('accounts.groups.members', { smart_count: userCount }),
            },
            {
              label: text('accounts.groups.permissions'),
              cell: ({ permissions }) => text('accounts.keys.limitedTo', { smart_count: permissions.length }),
            },
          ]}
        />
      )}
    </>
  );
};

/** All groups, for superusers: first what everybody may do. */
const GroupsPage = () => {
  const text = useText();
  return (
    <SuperusersOnly>
      <Page
        title={text('accounts.groups.title')}
        actions={
          <Button component={RouterLink} to={groupPaths.create} variant="contained" startIcon={<Add />}>
            {text('accounts.groups.new')}
          </Button>
        }
      >
        <AllGroups />
      </Page>
    </SuperusersOnly>
  );
};

export default GroupsPage;

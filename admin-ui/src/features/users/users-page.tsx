import Add from '@mui/icons-material/Add';
import { Box, Button, Chip, Link, Stack, Typography } from '@mui/material';
import { Link as RouterLink, useSearchParams } from 'react-router-dom';
import type { Account, Group, Listed, PageOf } from '../../accounts/account.js';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useAccountList, useAccounts } from '../../accounts/use-accounts.js';
import { EmptyState } from '../../components/empty-state.js';
import { Moment } from '../../components/moment.js';
import { Page } from '../../components/page.js';
import { PageError } from '../../components/page-error.js';
import { PageLoading } from '../../components/page-loading.js';
import { Pages, usePageNumber } from '../../components/pages.js';
import { PlainList } from '../../components/plain-list.js';
import { SearchField } from '../../components/search-field.js';
import { useText } from '../../texts/use-text.js';
import { userPaths } from './user-paths.js';

const PER_PAGE = 25;

const UserLink = ({ user: { id, email, name } }: { readonly user: Account }) => (
  <>
    <Link component={RouterLink} to={userPaths.edit(id)} underline="hover" sx={{ fontWeight: 600 }}>
      {email}
    </Link>
    {name !== '' && (
      <Typography variant="body2" color="text.secondary">
        {name}
      </Typography>
    )}
  </>
);

const State = ({ user: { isActive, isSuperuser } }: { readonly user: Account }) => {
  const text = useText();
  return (
    <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
      {isActive ? text('accounts.users.active') : <Chip size="small" label={text('accounts.users.disabled')} />}
      {isSuperuser && <Chip size="small" color="primary" variant="outlined" label={text('accounts.users.superuser')} />}
    </Stack>
  );
};

const FoundUsers = () => {
  const text = useText();
  const [search] = useSearchParams();
  const page = usePageNumber();
  const email = search.get('email') ?? '';
  const parameters = new URLSearchParams({ page: String(page), limit: String(PER_PAGE), ...(email && { email }) });
  const { data: found, error, refetch } = useAccountList<PageOf<Account>>(`meta/users?${parameters.toString()}`);
  const groups = useAccounts<Listed<Group>>('meta/groups').data;
  if (error !== null) return <PageError error={error} resetErrorBoundary={() => void refetch()} />;
  if (found === undefined) return <PageLoading />;
  if (found.data.length === 0) return <EmptyState title={text(`accounts.users.${email ? 'noneFits' : 'none'}`)} />;
  const namesOf = (ids: readonly string[]) =>
    groups
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ');
  return (
    <>
      <PlainList
        label={text('accounts.users.title')}
        rows={found.data}
        keyOf={({ id }) => id}
        columns={[
          { label: text('accounts.users.email'), cell: (user) => <UserLink user={user} /> },
          { label: text('accounts.users.state'), cell: (user) => <State user={user} /> },
          { label: text('accounts.users.groups'), cell: (user) => namesOf(user.groups) || undefined },
          {
            label: text('accounts.users.lastLogin'),
            cell: ({ lastLoginAt }) => (lastLoginAt === null ? text('accounts.never') : <Moment value={lastLoginAt} />),
          },
        ]}
      />
      <Pages count={found.meta.totalPages} />
    </>
  );
};

/** All users, for superusers. */
const UsersPage = () => {
  const text = useText();
  return (
    <SuperusersOnly>
      <Page
        title={text('accounts.users.title')}
        actions={
          <Button component={RouterLink} to={userPaths.create} variant="contained" startIcon={<Add />}>
            {text('accounts.users.new')}
          </Button>
        }
      >
        <Box sx={{ mb: 2 }}>
          <SearchField name="email" label={text('accounts.users.search')} />
        </Box>
        <FoundUsers />
      </Page>
    </SuperusersOnly>
  );
};

export default UsersPage;

import { Chip } from '@mui/material';
import { useSearchParams } from 'react-router-dom';
import type { ApiKey, Listed } from '../../accounts/account.js';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useAccounts } from '../../accounts/use-accounts.js';
import { Page } from '../../components/page.js';
import { useText } from '../../texts/use-text.js';
import { KeyList } from './key-list.js';
import { NewKey } from './new-key.js';

const PATH = 'meta/keys';

const FoundKeys = ({ user }: { readonly user: string | null }) => {
  const found = useAccounts<Listed<ApiKey>>(user === null ? PATH : `${PATH}?user=${encodeURIComponent(user)}`);
  return <KeyList hasOwners keys={found.data} path={PATH} />;
};

/** Everybody's API keys, or those of the user whom the address names, for superusers. */
const AllKeysPage = () => {
  const text = useText();
  const [search, setSearch] = useSearchParams();
  const user = search.get('user');
  return (
    <SuperusersOnly>
      <Page title={text('accounts.keys.title')} actions={<NewKey path={PATH} owner={user ?? ''} />}>
        {user !== null && (
          <Chip label={text('accounts.keys.of', { name: user })} onDelete={() => setSearch({})} sx={{ mb: 2 }} />
        )}
        <FoundKeys user={user} />
      </Page>
    </SuperusersOnly>
  );
};

export default AllKeysPage;

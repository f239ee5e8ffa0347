import { Typography } from '@mui/material';
import type { ApiKey, Listed } from '../../accounts/account.js';
import { useAccounts } from '../../accounts/use-accounts.js';
import { NotFound } from '../../components/not-found.js';
import { Page } from '../../components/page.js';
import { PageLoading } from '../../components/page-loading.js';
import { useSession } from '../../session/use-session.js';
import { useText } from '../../texts/use-text.js';
import { KeyList } from './key-list.js';
import { NewKey } from './new-key.js';

const PATH = 'auth/keys';

const OwnKeys = () => <KeyList keys={useAccounts<Listed<ApiKey>>(PATH).data} path={PATH} />;

/** The API keys of whoever is signed in. */
const OwnKeysPage = () => {
  const text = useText();
  const session = useSession();
  if (session === undefined) return <PageLoading />;
  if (session.user === null) return <NotFound />;
  return (
    <Page title={text('accounts.keys.mine')} actions={<NewKey path={PATH} />}>
      <Typography color="text.secondary" sx={{ mb: 2 }}>
        {text('accounts.keys.mineHint')}
      </Typography>
      <OwnKeys />
    </Page>
  );
};

export default OwnKeysPage;

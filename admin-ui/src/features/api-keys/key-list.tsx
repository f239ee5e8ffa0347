import { Box, Chip, Tooltip } from '@mui/material';
import { useState } from 'react';
import type { ApiKey } from '../../accounts/account.js';
import { DeleteEntry } from '../../accounts/delete-entry.js';
import { GrantSummary } from '../../accounts/grant-summary.js';
import { useForgetAccounts } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import { EmptyState } from '../../components/empty-state.js';
import { Moment } from '../../components/moment.js';
import { PlainList } from '../../components/plain-list.js';
import { useNotice } from '../../components/use-notice.js';
import { useText } from '../../texts/use-text.js';

interface KeyListProps {
  readonly keys: readonly ApiKey[];
  /** Where they are deleted: `auth/keys` or `meta/keys`. */
  readonly path: string;
  readonly hasOwners?: boolean;
}

const Expiry = ({ expiresAt }: { readonly expiresAt: string | null }) => {
  const text = useText();
  const [now] = useState(() => Date.now());
  if (expiresAt === null) return text('accounts.never');
  if (Date.parse(expiresAt) > now) return <Moment value={expiresAt} />;
  return <Chip size="small" color="error" variant="outlined" label={text('accounts.keys.expired')} />;
};

const Rights = ({ permissions }: Pick<ApiKey, 'permissions'>) => {
  const text = useText();
  if (permissions === null) return text('accounts.keys.all');
  return (
    <Tooltip title={<GrantSummary grants={permissions} />} describeChild>
      <Box component="span" tabIndex={0} sx={{ textDecoration: 'underline dotted' }}>
        {text('accounts.keys.limitedTo', { smart_count: permissions.length })}
      </Box>
    </Tooltip>
  );
};

/** API keys, which can be deleted. */
export const KeyList = ({ keys, path, hasOwners = false }: KeyListProps) => {
  const text = useText();
  const notice = useNotice();
  const call = useCall();
  const forget = useForgetAccounts();
  if (keys.length === 0) return <EmptyState title={text('accounts.keys.none')} />;
  const afterDeletion = async (name: string) => {
    notice('accounts.deleted', { name });
    await forget();
  };
  const owner = { label: text('accounts.keys.owner'), cell: ({ user }: ApiKey) => user.email };
  return (
    <PlainList
      label={text('accounts.keys.title')}
      rows={keys}
      keyOf={({ id }) => id}
      columns={[
        {
          label: text('accounts.keys.name'),
          cell: ({ name }) => (
            <Box component="span" sx={{ fontWeight: 600 }}>
              {name}
            </Box>
          ),
        },
        ...(hasOwners ? [owner] : []),
        {
          label: text('accounts.keys.prefix'),
          cell: ({ prefix }) => <code style={{ whiteSpace: 'nowrap' }}>{prefix}</code>,
        },
        { label: text('accounts.keys.rights'), cell: (key) => <Rights {...key} /> },
        { label: text('accounts.keys.expires'), cell: (key) => <Expiry {...key} /> },
        {
          label: text('accounts.keys.lastUsed'),
          cell: ({ lastUsedAt }) => (lastUsedAt === null ? text('accounts.never') : <Moment value={lastUsedAt} />),
        },
        { label: text('accounts.keys.created'), cell: ({ createdAt }) => <Moment value={createdAt} /> },
      ]}
      actions={({ id, name }) => (
        <DeleteEntry
          label={text('accounts.keys.deleteOf', { name })}
          title={text('accounts.keys.deleteTitle', { name })}
          warning={text('accounts.keys.deleteHint')}
          onDelete={() => call(`${path}/${id}`, { method: 'DELETE' })}
          onDeleted={() => afterDeletion(name)}
        />
      )}
    />
  );
};

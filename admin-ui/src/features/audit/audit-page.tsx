import { Button, Typography } from '@mui/material';
import { Link, useSearchParams } from 'react-router-dom';
import type { PageOf } from '../../accounts/account.js';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useAccountList } from '../../accounts/use-accounts.js';
import { EmptyState } from '../../components/empty-state.js';
import { Page } from '../../components/page.js';
import { PageError } from '../../components/page-error.js';
import { PageLoading } from '../../components/page-loading.js';
import { Pages, usePageNumber } from '../../components/pages.js';
import { useText } from '../../texts/use-text.js';
import type { AuditEntry } from './audit-entry.js';
import { AUDIT_FILTERS, AuditFilters } from './audit-filters.js';
import { AuditList } from './audit-list.js';

const PER_PAGE = 50;

const FoundEntries = () => {
  const text = useText();
  const [search] = useSearchParams();
  const parameters = new URLSearchParams({ page: String(usePageNumber()), limit: String(PER_PAGE) });
  for (const name of AUDIT_FILTERS) {
    const value = search.get(name);
    if (value !== null) parameters.set(name, value);
  }
  const { data: found, error, refetch } = useAccountList<PageOf<AuditEntry>>(`meta/audit?${parameters.toString()}`);
  if (error !== null) return <PageError error={error} resetErrorBoundary={() => void refetch()} />;
  if (found === undefined) return <PageLoading />;
  if (found.data.length === 0)
    return <EmptyState title={text('accounts.audit.none')} hint={text('accounts.audit.noneHint')} />;
  return (
    <>
      <AuditList entries={found.data} />
      <Pages count={found.meta.totalPages} />
    </>
  );
};

/** What was done, for superusers. */
const AuditPage = () => {
  const text = useText();
  return (
    <SuperusersOnly>
      <Page
        title={text('accounts.audit.title')}
        actions={
          <Button component={Link} to="/meta/audit/models" variant="outlined">
            {text('accounts.audit.models')}
          </Button>
        }
      >
        <Typography color="text.secondary" sx={{ mb: 2 }}>
          {text('accounts.audit.hint')}
        </Typography>
        <AuditFilters />
        <FoundEntries />
      </Page>
    </SuperusersOnly>
  );
};

export default AuditPage;

import Public from '@mui/icons-material/Public';
import { Alert, Button, Chip, FormControlLabel, Stack, Switch } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Group } from '../../accounts/account.js';
import { GrantSummary } from '../../accounts/grant-summary.js';
import { useForgetAccounts } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Section } from '../../components/section.js';
import { useNotice } from '../../components/use-notice.js';
import { useText } from '../../texts/use-text.js';
import { groupPaths } from './group-paths.js';

const WhatIsPublic = ({ group: { isActive, permissions } }: { readonly group: Group }) => {
  const text = useText();
  if (permissions.length === 0) return <Alert severity="info">{text('accounts.groups.nothingPublic')}</Alert>;
  return (
    <Alert severity={isActive ? 'warning' : 'info'}>
      {text(isActive ? 'accounts.groups.publicNow' : 'accounts.groups.wouldBePublic')}
      <GrantSummary grants={permissions} />
    </Alert>
  );
};

/** What everybody may do who reaches the server, and the switch for it. */
export const PublicAccess = ({ group }: { readonly group: Group }) => {
  const text = useText();
  const translate = useTranslate();
  const notice = useNotice();
  const call = useCall();
  const forget = useForgetAccounts();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { id, isActive, permissions } = group;

  const change = async (next: boolean) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call(`meta/groups/${id}`, { method: 'PATCH', body: { isActive: next } });
      notice(next ? 'accounts.groups.opened' : 'accounts.groups.closed');
      await forget();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      setProblem(translate(message, { _: message }));
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    <Section title={text('accounts.groups.everybody')} hint={text('accounts.groups.everybodyHint')}>
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1, my: 1 }}>
        <FormControlLabel
          label={text('accounts.groups.switch')}
          control={
            <Switch
              checked={isActive}
              disabled={isBusy}
              onChange={(_event, next) => (next ? setAsking(true) : void change(false))}
            />
          }
        />
        <Chip
          size="small"
          color={isActive ? 'primary' : 'default'}
          {...(isActive ? { icon: <Public /> } : {})}
          label={text(isActive ? 'accounts.groups.isPublic' : 'accounts.groups.isClosed')}
        />
      </Stack>
      <div role="alert">{problem !== undefined && <Alert severity="error">{problem}</Alert>}</div>
      <WhatIsPublic group={group} />
      <Button component={Link} to={groupPaths.edit(id)} sx={{ mt: 1.5 }} variant="outlined">
        {text('accounts.groups.editPublic')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        isBusy={isBusy}
        title={text('accounts.groups.switchOnTitle')}
        confirm={text('accounts.groups.switchOn')}
        cancel={text('accounts.cancel')}
        onConfirm={() => void change(true)}
        onCancel={() => setAsking(false)}
      >
        {permissions.length === 0 ? (
          text('accounts.groups.nothingPublic')
        ) : (
          <>
            {text('accounts.groups.becomesPublic')}
            <GrantSummary grants={permissions} />
          </>
        )}
      </ConfirmDialog>
    </Section>
  );
};

import { Alert, Box, FormControlLabel, Switch, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Listed } from '../../accounts/account.js';
import { SuperusersOnly } from '../../accounts/superusers-only.js';
import { useAccounts, useForgetAccounts } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import { Page } from '../../components/page.js';
import { Section } from '../../components/section.js';
import { Trail } from '../../components/trail.js';
import { appLabel, groupByApp } from '../../models/app-groups.js';
import type { ModelSummary } from '../../models/model-descriptor.js';
import { useModels } from '../../models/use-models.js';
import { useText } from '../../texts/use-text.js';

const AUDITED = 'meta/audited-models';

const ModelSwitches = () => {
  const text = useText();
  const translate = useTranslate();
  const call = useCall();
  const forget = useForgetAccounts();
  const { models } = useModels();
  const audited = new Set(
    useAccounts<Listed<{ readonly modelId: string }>>(AUDITED).data.map(({ modelId }) => modelId),
  );
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const change = async ({ id }: ModelSummary, isOn: boolean) => {
    setBusy(id);
    setProblem(undefined);
    try {
      await call(`${AUDITED}/${id}`, { method: isOn ? 'PUT' : 'DELETE' });
      await forget();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      setProblem(translate(message, { _: message }));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <>
      <div role="alert">{problem !== undefined && <Alert severity="error">{problem}</Alert>}</div>
      {models.length === 0 && <Typography>{text('accounts.permissions.none')}</Typography>}
      {groupByApp(models).map(({ app, models: own }) => (
        <Section key={app} title={appLabel(app)}>
          <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(240px, 100%), 1fr))' }}>
            {own.map((model) => (
              <FormControlLabel
                key={model.id}
                label={model.verboseName}
                control={
                  <Switch
                    checked={audited.has(model.id)}
                    disabled={busy === model.id}
                    onChange={(_event, isOn) => void change(model, isOn)}
                  />
                }
              />
            ))}
          </Box>
        </Section>
      ))}
    </>
  );
};

/** Of which models every change is kept, for superusers. */
const AuditedModelsPage = () => {
  const text = useText();
  return (
    <SuperusersOnly>
      <Page
        title={text('accounts.audit.models')}
        trail={<Trail to="/meta/audit">{text('accounts.audit.title')}</Trail>}
        width="form"
      >
        <Typography color="text.secondary" sx={{ mb: 2 }}>
          {text('accounts.audit.modelsHint')}
        </Typography>
        <ModelSwitches />
      </Page>
    </SuperusersOnly>
  );
};

export default AuditedModelsPage;

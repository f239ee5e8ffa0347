import { Alert, Box, LinearProgress, Paper, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useErrorText } from '../../../components/use-error-text.js';
import { useText } from '../../../texts/use-text.js';
import type { ModelDraft } from '../draft/model-draft.js';
import { BlockerCard } from './blocker-card.js';
import { Decisions } from './decisions.js';
import { OperationList } from './operation-list.js';
import { Preparation } from './preparation.js';
import type { Remedy } from './remedy.js';
import type { Planned } from './use-plan.js';

interface PlanPanelProps {
  readonly planned: Planned;
  /** False where nothing was changed. */
  readonly hasChange: boolean;
  /** What the form holds is being made already. */
  readonly isOnItsWay: boolean;
  readonly draft: ModelDraft;
  readonly remedies: readonly Remedy[];
  readonly onRemedies: (remedies: readonly Remedy[]) => void;
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Box sx={{ mt: 2 }}>
    <Typography variant="h3" gutterBottom>
      {title}
    </Typography>
    {children}
  </Box>
);

const Messages = ({ messages }: { readonly messages: readonly string[] }) => (
  <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
    {[...new Set(messages)].map((message) => (
      <li key={message}>{message}</li>
    ))}
  </Box>
);

/** What saving would do: in sentences, as SQL for who wants it, and what stands in its way. */
export const PlanPanel = ({ planned, hasChange, isOnItsWay, draft, remedies, onRemedies }: PlanPanelProps) => {
  const text = useText();
  const errorText = useErrorText();
  const { plan, mistakes, problem, isAsking } = planned;
  const isBlocked = plan !== undefined && plan.blockers.length > 0;
  return (
    <Paper
      component="section"
      id="plan"
      tabIndex={-1}
      variant="outlined"
      aria-label={text('plan.title')}
      aria-busy={isAsking}
      sx={{ p: 2, position: { lg: 'sticky' }, top: 80, maxHeight: { lg: 'calc(100vh - 170px)' }, overflowY: 'auto' }}
    >
      <Typography variant="h2" gutterBottom>
        {text('plan.title')}
      </Typography>
      <Box sx={{ height: 4, mb: 1 }}>{isAsking && <LinearProgress aria-label={text('plan.asking')} />}</Box>
      {!hasChange && (
        <Typography color="text.secondary">{text(isOnItsWay ? 'plan.onItsWay' : 'plan.nothing')}</Typography>
      )}
      {problem !== undefined && <Alert severity="error">{text('plan.fails', { problem: errorText(problem) })}</Alert>}
      {mistakes.length > 0 && (
        <Alert severity="info">
          {text('plan.incomplete')}
          <Messages messages={mistakes.map(({ message }) => message)} />
        </Alert>
      )}
      {plan !== undefined && (
        <>
          {plan.operations.length === 0 && <Typography>{text('plan.noOperations')}</Typography>}
          {plan.operations.length > 0 && !isBlocked && (
            <Alert severity={plan.destructive ? 'error' : 'success'} sx={{ mb: 1.5 }}>
              {text(plan.destructive ? 'plan.lossy' : 'plan.lossless')}
            </Alert>
          )}
          <OperationList operations={plan.operations} />
          {!isBlocked && <Preparation sentences={plan.preparation} />}
        </>
      )}
      {plan !== undefined && plan.warnings.length > 0 && (
        <Part title={text('plan.warnings')}>
          <Alert severity="warning">
            <Messages messages={plan.warnings} />
          </Alert>
        </Part>
      )}
      {isBlocked && (
        <Part title={text('plan.blockers')}>
          {plan.blockers.map((blocker) => (
            <BlockerCard
              key={`${blocker.path} ${blocker.code}`}
              blocker={blocker}
              draft={draft}
              onDecide={(remedy) => onRemedies([...remedies, remedy])}
            />
          ))}
        </Part>
      )}
      {remedies.length > 0 && (
        <Part title={text('plan.decided')}>
          <Decisions remedies={remedies} onRemedies={onRemedies} />
        </Part>
      )}
    </Paper>
  );
};

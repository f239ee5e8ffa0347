import { Box } from '@mui/material';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNotice } from '../../components/use-notice.js';
import { LeaveGuard } from '../../components/leave-guard.js';
import { useSaveShortcut } from '../../components/use-save-shortcut.js';
import { HeldNotice } from './background/held-notice.js';
import { type InBackground, useFormInBackground } from './background/use-form-in-background.js';
import { DesignerContext } from './designer-context.js';
import type { ModelDraft } from './draft/model-draft.js';
import { FieldList } from './fields/field-list.js';
import { ModelFormButtons } from './model-form-buttons.js';
import { ModelSettings } from './model-settings.js';
import { PlanPanel } from './plan/plan-panel.js';
import { usePlan } from './plan/use-plan.js';
import { LossDialog } from './save/loss-dialog.js';
import { ModelConflictDialog } from './save/model-conflict-dialog.js';
import { useForgetModels } from './save/use-forget-models.js';
import { useModelSave } from './save/use-model-save.js';
import { storedDraft } from './draft/stored-draft.js';
import type { FieldType } from './stored/field-type.js';
import { qualifiedName, type ReadModel, type StoredModel } from './stored/stored-model.js';
import { useDraft } from './use-draft.js';
import { useMistakes } from './use-mistakes.js';
import { OtherMistakes } from './other-mistakes.js';

const COLUMNS = {
  display: 'grid',
  alignItems: 'start',
  gap: 3,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1.7fr) minmax(300px, 1fr)' },
};

interface ModelFormProps {
  /** A stored model, or what a new one begins with. */
  readonly first: ReadModel | ModelDraft;
  readonly types: readonly FieldType[];
  readonly models: readonly StoredModel[];
  /** Called after the form has begun anew with what was saved. */
  readonly onSaved: (read: ReadModel) => unknown;
  readonly onDirty?: (isDirty: boolean) => void;
  readonly background?: InBackground;
  /** Beside the button to save. */
  readonly actions?: ReactNode;
}

/** The form of a model and its fields, with the plan of what saving it does. */
export const ModelForm = ({ first, types, models, onSaved, onDirty, background, actions }: ModelFormProps) => {
  const notice = useNotice();
  const forget = useForgetModels();
  const form = useRef<HTMLFormElement>(null);
  const isSaved = useRef(false);
  const [attempts, setAttempts] = useState(0);
  const drafted = useDraft(first, types, background?.sent);
  const { start, draft, change, body, remedies, setRemedies, begin, rebase } = drafted;
  const { read } = start;
  const inBackground = useFormInBackground(background, drafted);
  const { isOnItsWay } = inBackground;
  // What is being made already is nothing that could get lost.
  const isDirty = drafted.isDirty && !isOnItsWay;
  useEffect(() => onDirty?.(isDirty), [isDirty, onDirty]);

  const planChange = useMemo(() => {
    if (!isDirty || body === undefined) return undefined;
    if (read === undefined) return { action: 'create_model', values: body };
    const { remedies: given, ...values } = body;
    return {
      action: 'update_model',
      model: read.model.id,
      values,
      ...(given === undefined ? {} : { remedies: given }),
    };
  }, [isDirty, body, read]);
  const planned = usePlan(planChange, attempts);
  const { placed, refuse, clear } = useMistakes({ draft, body, planned }, form);

  const saving = useModelSave({
    base: read,
    body: read === undefined || isDirty ? body : undefined,
    onNothing: () => notice(isOnItsWay ? 'background.already' : 'designer.nothingChanged', {}, 'info'),
    onUnderWay: (begun) => {
      notice('background.started', {}, 'info');
      clear();
      inBackground.begin(begun);
    },
    onHeld: (changeId) => {
      clear();
      inBackground.hold(changeId);
    },
    onRefused: refuse,
    onBlocked: () => {
      setAttempts(attempts + 1);
      notice('designer.blocked', {}, 'warning');
      const plan = document.getElementById('plan');
      plan?.focus();
      plan?.scrollIntoView({ block: 'nearest' });
    },
    onSaved: async (saved) => {
      notice('designer.saved', { model: saved.model.verboseName });
      isSaved.current = read === undefined;
      begin(saved);
      clear();
      await forget();
      await onSaved(saved);
    },
  });
  useSaveShortcut(() => void saving.save());
  const release = useCallback(() => {
    isSaved.current = true;
  }, []);
  const hasChanges = useCallback(() => isDirty && !isSaved.current, [isDirty]);

  const designer = useMemo(
    () => ({ types, modelNames: models.map(qualifiedName).sort(), change, release }),
    [types, models, change, release],
  );
  const theirs = saving.theirs;
  const keepMine = () => {
    if (theirs !== undefined) rebase(theirs);
    saving.closeConflict();
    notice('modelConflict.merged', {}, 'info');
  };
  const takeTheirs = () => {
    if (theirs !== undefined) begin(theirs);
    clear();
    saving.closeConflict();
  };

  return (
    <DesignerContext value={designer}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void saving.save();
        }}
      >
        <div role="alert">{inBackground.isHeld && <HeldNotice isHere={inBackground.isHere} />}</div>
        <OtherMistakes mistakes={placed.others} />
        <Box sx={COLUMNS}>
          <Box sx={{ minWidth: 0 }}>
            <ModelSettings draft={draft} isStored={read !== undefined} mistakes={placed.model} />
            <FieldList fields={draft.fields} mistakes={placed} />
          </Box>
          <PlanPanel
            planned={planned}
            hasChange={planChange !== undefined}
            isOnItsWay={isOnItsWay}
            draft={draft}
            remedies={remedies}
            onRemedies={setRemedies}
          />
        </Box>
        <ModelFormButtons isBusy={saving.isBusy}>{actions}</ModelFormButtons>
      </form>
      {saving.loss !== undefined && (
        <LossDialog
          loss={saving.loss}
          name={read?.model.name ?? draft.name}
          isBusy={saving.isBusy}
          onConfirm={(hash) => void saving.save(hash)}
          onCancel={saving.closeLoss}
        />
      )}
      {theirs !== undefined && (
        <ModelConflictDialog
          mine={draft}
          theirs={storedDraft(theirs.model, types)}
          onKeep={keepMine}
          onDiscard={takeTheirs}
          onBack={saving.closeConflict}
        />
      )}
      <LeaveGuard hasChanges={hasChanges} />
    </DesignerContext>
  );
};

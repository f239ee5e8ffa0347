import { useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { JsonObject } from '../../../api/json.js';
import type { Mistake } from '../../../api/api-error.js';
import type { BackgroundChange } from '../background/background-change.js';
import type { ReadModel } from '../stored/stored-model.js';
import type { Loss } from './loss-dialog.js';
import { saveModel } from './save-outcome.js';

interface ModelSave {
  readonly base: ReadModel | undefined;
  readonly body: JsonObject | undefined;
  readonly onSaved: (read: ReadModel) => Promise<void>;
  readonly onUnderWay: (change: BackgroundChange) => void;
  readonly onHeld: (changeId: string) => void;
  readonly onBlocked: () => void;
  readonly onRefused: (mistakes: readonly Mistake[], message: string) => void;
  readonly onNothing: () => void;
}

/** Saves a model, with the questions that may come up before it is saved. */
export const useModelSave = ({ base, body, ...on }: ModelSave) => {
  const translate = useTranslate();
  const [isBusy, setBusy] = useState(false);
  const [loss, setLoss] = useState<Loss>();
  const [theirs, setTheirs] = useState<ReadModel>();
  const isSaving = useRef(false);

  const attempt = async (confirm?: string): Promise<void> => {
    if (body === undefined) return on.onNothing();
    const outcome = await saveModel({ base, body, confirm });
    setLoss(outcome.kind === 'loss' ? outcome : undefined);
    if (outcome.kind === 'conflict') setTheirs(outcome.theirs);
    if (outcome.kind === 'underWay') on.onUnderWay(outcome.change);
    if (outcome.kind === 'held') on.onHeld(outcome.changeId);
    if (outcome.kind === 'blocked') on.onBlocked();
    if (outcome.kind === 'refused') on.onRefused(outcome.mistakes, outcome.message);
    if (outcome.kind === 'saved') await on.onSaved(outcome.read);
    return undefined;
  };
  /** @param confirm hash of the plan whose losses are agreed to */
  const save = async (confirm?: string): Promise<void> => {
    if (isSaving.current) return;
    isSaving.current = true;
    setBusy(true);
    try {
      await attempt(confirm);
    } catch (error) {
      setLoss(undefined);
      const message = error instanceof Error ? error.message : String(error);
      on.onRefused([], translate(message, { _: message }));
    } finally {
      isSaving.current = false;
      setBusy(false);
    }
  };
  return {
    save,
    isBusy,
    loss,
    theirs,
    closeLoss: () => setLoss(undefined),
    closeConflict: () => setTheirs(undefined),
  };
};

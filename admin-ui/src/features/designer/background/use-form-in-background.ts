import { useEffect, useState } from 'react';
import type { SentDraft } from '../draft/sent-drafts.js';
import type { ReadModel } from '../stored/stored-model.js';
import type { useDraft } from '../use-draft.js';
import { type BackgroundChange, isUnderWay } from './background-change.js';

/** What a form has to know of changes in the background; there are none of a model that is not made yet. */
export interface InBackground {
  /** The model as it is stored now; null when it is gone. */
  readonly stored: ReadModel | null;
  readonly change: BackgroundChange | undefined;
  readonly sent: SentDraft | undefined;
  readonly onBegun: (change: BackgroundChange, draft: Omit<SentDraft, 'changeId'>) => void;
  readonly onHeld: () => void;
  /** What was sent is what the form begins with from now on. */
  readonly onSettled: (read: ReadModel) => void;
}

/** A form whose draft may be on its way, or may have to wait for another change. */
export const useFormInBackground = (
  background: InBackground | undefined,
  { start, draft, remedies, settle }: ReturnType<typeof useDraft>,
) => {
  const { sent, stored, change } = background ?? {};
  const [heldBy, setHeldBy] = useState<string>();
  const isMade = sent !== undefined && change?.id === sent.changeId && change.state === 'valid';
  useEffect(() => {
    if (!isMade || stored == null || stored.etag === sent.etag) return;
    settle(stored, sent.draft);
    background?.onSettled(stored);
  });
  const isHere = change?.id === heldBy;
  return {
    /** What the form holds is being made already. */
    isOnItsWay: sent !== undefined && sent.draft === draft,
    /** Another change has to be made before this one can be saved. */
    isHeld: heldBy !== undefined && !(isHere && change !== undefined && !isUnderWay(change)),
    /** That one is shown on this page. */
    isHere,
    begin: (begun: BackgroundChange) => {
      setHeldBy(undefined);
      background?.onBegun(begun, { etag: start.read?.etag, draft, remedies });
    },
    hold: (changeId: string) => {
      setHeldBy(changeId);
      background?.onHeld();
    },
  };
};

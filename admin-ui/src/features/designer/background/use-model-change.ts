import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNotice } from '../../../components/use-notice.js';
import { type SentDraft, sentDrafts } from '../draft/sent-drafts.js';
import { useForgetModels } from '../save/use-forget-models.js';
import type { ReadModel } from '../stored/stored-model.js';
import { type BackgroundChange, isUnderWay } from './background-change.js';
import { latestChangeQuery } from './background-queries.js';

/**
 * The change of a model that is made in the background, from whoever it is, and what came of it while somebody looked.
 *
 * @param first the model as the page has begun with it
 */
export const useModelChange = (first: ReadModel) => {
  const { id, verboseName } = first.model;
  const notice = useNotice();
  const forgetModels = useForgetModels();
  const queries = useQueryClient();
  const query = latestChangeQuery(id);
  const { data: latest } = useQuery(query);
  const [sent, setSent] = useState(() => sentDrafts.find(first));
  /** What came of changes before is told in the list of all. */
  const [watched, setWatched] = useState(sent?.changeId);
  if (latest != null && isUnderWay(latest) && latest.id !== watched) setWatched(latest.id);
  const change = latest != null && latest.id === watched ? latest : undefined;
  const state = change?.state;
  const hasEnded = state === 'failed' || state === 'cancelled';
  // What has come to nothing is a draft like every other again.
  if (hasEnded && sent?.changeId === change?.id && sent !== undefined) setSent(undefined);
  const told = useRef<string>(undefined);

  const forgetSent = () => {
    sentDrafts.forget(id);
    setSent(undefined);
  };
  useEffect(() => {
    if (hasEnded) sentDrafts.forget(id);
    if ((state !== 'valid' && !hasEnded) || told.current === watched) return;
    told.current = watched;
    if (hasEnded) return notice('background.notMade', { model: verboseName }, 'warning');
    notice('background.made', { model: verboseName });
    void forgetModels();
  }, [state, hasEnded, watched, id, verboseName, notice, forgetModels]);

  return {
    change,
    /** What the form holds, or has held, of the change that is on its way. */
    sent,
    forgetSent,
    begin: (begun: BackgroundChange, draft: Omit<SentDraft, 'changeId'>) => {
      const own = { ...draft, changeId: begun.id };
      sentDrafts.keep(id, own);
      setSent(own);
      setWatched(begun.id);
      queries.setQueryData(query.queryKey, begun);
      // An older answer that is still on its way does not count.
      void queries.invalidateQueries({ queryKey: query.queryKey });
    },
    /** Somebody has said that there is one. */
    look: () => void queries.invalidateQueries({ queryKey: query.queryKey }),
    dismiss: () => setWatched(undefined),
  };
};

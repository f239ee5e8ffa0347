import { useCallback, useMemo, useState } from 'react';
import type { JsonObject } from '../../api/json.js';
import { changeBody, createBody } from './draft/draft-body.js';
import type { DraftChange } from './draft/draft-change.js';
import { mergeDrafts, withMadeFields } from './draft/merge-drafts.js';
import type { ModelDraft } from './draft/model-draft.js';
import type { SentDraft } from './draft/sent-drafts.js';
import { storedDraft } from './draft/stored-draft.js';
import { type Remedy, remediesBody } from './plan/remedy.js';
import type { FieldType } from './stored/field-type.js';
import type { ReadModel } from './stored/stored-model.js';

/** What a draft is a change of. */
interface Start {
  /** Undefined for a new model. */
  readonly read: ReadModel | undefined;
  readonly draft: ModelDraft;
}

const startOf = (read: ReadModel, types: readonly FieldType[]): Start => ({
  read,
  draft: storedDraft(read.model, types),
});

/**
 * A model while it is edited, and what would be sent of it.
 *
 * @param first what to begin with @param sent what was made of it already, and is on its way
 */
export const useDraft = (first: ReadModel | ModelDraft, types: readonly FieldType[], sent?: SentDraft) => {
  const [start, setStart] = useState<Start>(() =>
    'model' in first ? startOf(first, types) : { read: undefined, draft: first },
  );
  const [draft, setDraft] = useState(sent?.draft ?? start.draft);
  const [remedies, setRemedies] = useState<readonly Remedy[]>(sent?.remedies ?? []);
  const change = useCallback((made: DraftChange) => setDraft(made), []);
  const isDirty = useMemo(() => JSON.stringify(draft) !== JSON.stringify(start.draft), [draft, start]);

  const body = useMemo((): JsonObject | undefined => {
    if (start.read === undefined) return createBody(draft, types);
    const changed = changeBody(draft, start.draft, types);
    if (changed === undefined || remedies.length === 0) return changed;
    return { ...changed, remedies: remediesBody(remedies) };
  }, [draft, start, types, remedies]);

  const begin = (read: ReadModel) => {
    const next = startOf(read, types);
    setStart(next);
    setDraft(next.draft);
    setRemedies([]);
  };
  /** Makes the changes to what somebody else has stored. */
  const rebase = (read: ReadModel) => {
    const next = startOf(read, types);
    setStart(next);
    setDraft(mergeDrafts(start.draft, draft, next.draft));
  };
  /** What was sent is stored now; what was changed since is a change of that. */
  const settle = (read: ReadModel, made: ModelDraft) => {
    const next = startOf(read, types);
    const known = (each: ModelDraft) => withMadeFields(each, made, next.draft);
    setStart(next);
    setDraft(mergeDrafts(known(made), known(draft), next.draft));
    setRemedies([]);
  };
  return { start, draft, change, isDirty, body, remedies, setRemedies, begin, rebase, settle };
};

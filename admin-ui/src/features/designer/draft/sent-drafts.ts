import type { Remedy } from '../plan/remedy.js';
import type { ReadModel } from '../stored/stored-model.js';
import type { ModelDraft } from './model-draft.js';

/** A draft whose change is being made in the background. */
export interface SentDraft {
  readonly changeId: string;
  /** Of the model that it is a change of. */
  readonly etag: string | undefined;
  readonly draft: ModelDraft;
  readonly remedies: readonly Remedy[];
}

const drafts = new Map<string, SentDraft>();

/**
 * What was sent and is not made yet, by ids of models: whoever comes back to the designer finds it there, and can correct
 * it where it has come to nothing. It lasts as long as the page of the browser.
 */
export const sentDrafts = {
  /** What was sent of this model as it is; of an earlier one there is none any more. */
  find({ model, etag }: ReadModel): SentDraft | undefined {
    const found = drafts.get(model.id);
    if (found === undefined || found.etag === etag) return found;
    drafts.delete(model.id);
    return undefined;
  },
  keep: (modelId: string, sent: SentDraft): void => void drafts.set(modelId, sent),
  forget: (modelId: string): void => void drafts.delete(modelId),
};

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

const keyOf = (modelId: string): string => `dynamo.sent-draft.${modelId}`;

/**
 * What was sent and is not made yet, by ids of models: whoever comes back to the designer finds it there, and can correct
 * it where it has come to nothing. It lasts as long as the tab of the browser, also when the page is loaded again.
 */
export const sentDrafts = {
  /** What was sent of this model as it is; of an earlier one there is none any more. */
  find({ model, etag }: ReadModel): SentDraft | undefined {
    const kept = sessionStorage.getItem(keyOf(model.id));
    if (kept === null) return undefined;
    const found = JSON.parse(kept) as SentDraft;
    if (found.etag === etag) return found;
    this.forget(model.id);
    return undefined;
  },
  keep(modelId: string, sent: SentDraft): void {
    try {
      sessionStorage.setItem(keyOf(modelId), JSON.stringify(sent));
    } catch {
      // There is no room, or nothing may be stored: then it lasts as long as the form.
    }
  },
  forget: (modelId: string): void => sessionStorage.removeItem(keyOf(modelId)),
};

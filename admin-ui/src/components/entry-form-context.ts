import { createContext, useContext } from 'react';
import type { Mistake } from '../api/api-error.js';

/** What the parts of a form know of it. */
export interface EntryFormState {
  /** What is wrong inside a value that is not one line of the form, such as `permissions.0.where`. */
  readonly mistakes: readonly Mistake[];
  /** What is at this path, and below it, is no longer as it was. */
  readonly forget: (path: string) => void;
  /** Nobody needs to be asked any more before the form is left. */
  readonly release: () => void;
}

export const EntryFormContext = createContext<EntryFormState>({
  mistakes: [],
  forget: () => undefined,
  release: () => undefined,
});

export const useEntryForm = (): EntryFormState => useContext(EntryFormContext);

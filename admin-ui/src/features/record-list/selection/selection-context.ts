import { createContext, use } from 'react';
import type { Selection } from './use-selection.js';

export const SelectionContext = createContext<Selection | null>(null);

/** What is selected in the list around. */
export const useListSelection = (): Selection => {
  const selection = use(SelectionContext);
  if (selection === null) throw new Error('There is no list around that something could be selected in.');
  return selection;
};

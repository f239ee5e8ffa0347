import type { PropsWithChildren } from 'react';
import { SelectionContext } from './selection-context.js';
import { useSelection } from './use-selection.js';

/** Has the list and its buttons know the same selection. */
export const SelectionProvider = ({ children }: PropsWithChildren) => (
  <SelectionContext value={useSelection()}>{children}</SelectionContext>
);

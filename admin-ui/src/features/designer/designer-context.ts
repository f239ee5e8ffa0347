import { createContext, useContext } from 'react';
import type { DraftChange } from './draft/draft-change.js';
import type { FieldType } from './stored/field-type.js';

/** What every part of the designer works with. */
export interface Designer {
  readonly types: readonly FieldType[];
  /** Names of the models that relations may point to, such as `shop.Product`. */
  readonly modelNames: readonly string[];
  change(change: DraftChange): void;
  /** Nobody is asked any more whether to leave: there is nothing to be saved. */
  release(): void;
}

export const DesignerContext = createContext<Designer | undefined>(undefined);

/** The designer around. @throws Error outside of one */
export const useDesigner = (): Designer => {
  const designer = useContext(DesignerContext);
  if (designer === undefined) throw new Error('There is no designer around.');
  return designer;
};

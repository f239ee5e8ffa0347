import { createContext, useContext } from 'react';
import type { FormValues } from './form-values.js';

/** Answers whether the values are saved. What it throws is shown in the form. */
export type Save = (values: FormValues) => Promise<boolean>;

/** What a form can do for the buttons in it. */
export interface FormActions {
  /** @param save what to do with the values */
  submit(save: Save): void;
  /** Nobody is asked any more whether to leave: there is nothing to be saved. */
  release(): void;
  readonly isBusy: boolean;
}

export const FormActionsContext = createContext<FormActions | undefined>(undefined);

/** The form around. @throws Error outside of one */
export const useFormActions = (): FormActions => {
  const actions = useContext(FormActionsContext);
  if (actions === undefined) throw new Error('There is no form around.');
  return actions;
};

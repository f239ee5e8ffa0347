import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import type { Mistake } from '../api/api-error.js';

interface Placed {
  /** About a part of a value; whoever shows the value shows them. */
  readonly inside: readonly Mistake[];
  /** About nothing that the form asks for. */
  readonly elsewhere: readonly Mistake[];
}

/** Puts each mistake at the input that it is about, and the focus on the first of them. */
export const placeMistakes = <Values extends FieldValues>(
  mistakes: readonly Mistake[],
  form: UseFormReturn<Values>,
): Placed => {
  const values = form.getValues();
  const isInput = ({ path }: Mistake) => path in values;
  const isInside = ({ path }: Mistake) => path.includes('.') && (path.split('.', 1)[0] ?? '') in values;
  const [first, ...others] = mistakes.filter(isInput);
  for (const { path, message } of others) form.setError(path as FieldPath<Values>, { message });
  if (first !== undefined) {
    form.setError(first.path as FieldPath<Values>, { message: first.message }, { shouldFocus: true });
  }
  return {
    inside: mistakes.filter(isInside),
    elsewhere: mistakes.filter((mistake) => !isInput(mistake) && !isInside(mistake)),
  };
};

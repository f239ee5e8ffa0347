import type { UseFormReturn } from 'react-hook-form';
import type { ApiError, Mistake } from '../../api/api-error.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import type { FormValues } from './form-values.js';

/** `tags` of `tags.0`. */
const fieldNameOf = ({ path }: Mistake): string => path.split('.', 1)[0] ?? path;

/**
 * Puts what the server finds wrong at the inputs that it is about, and the focus on the first of them.
 *
 * @param fields that have an input, in the order in which they stand
 * @returns what belongs to no input, to be shown above all of them; undefined where the error is about none of them
 */
export const showMistakes = (
  { mistakes }: ApiError,
  fields: readonly FieldDescriptor[],
  form: UseFormReturn<FormValues>,
): readonly string[] | undefined => {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const wrong = fields.flatMap((field) =>
    mistakes.find((mistake) => fieldNameOf(mistake) === field.name) ? [field] : [],
  );
  for (const field of wrong) {
    const own = mistakes.filter((mistake) => fieldNameOf(mistake) === field.name);
    form.setError(field.id, { type: 'server', message: own.map((mistake) => mistake.message).join(' ') });
  }
  const [first] = wrong;
  if (first !== undefined) form.setFocus(first.id);
  const others = mistakes.filter((mistake) => !byName.has(fieldNameOf(mistake)));
  if (others.length > 0) return others.map((mistake) => mistake.message);
  return wrong.length === 0 ? undefined : [];
};

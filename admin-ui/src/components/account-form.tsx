import { Alert, Button } from '@mui/material';
import type { ReactNode } from 'react';
import { type FieldPath, type FieldValues, FormProvider, type UseFormReturn } from 'react-hook-form';
import { ApiError } from '../api/api-error.js';
import { useText } from '../texts/use-text.js';
import { useErrorText } from './use-error-text.js';

interface AccountFormProps<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>;
  /** Sends the values. What it throws is shown: at the fields that it names, and otherwise above all. */
  readonly onSubmit: (values: Values) => Promise<unknown>;
  /** In other words than the server's: texts by the codes of errors. */
  readonly words?: Readonly<Record<string, { readonly at?: FieldPath<Values>; readonly message: string }>>;
  readonly submit: string;
  readonly children: ReactNode;
}

/** A form of the account pages. */
export const AccountForm = <Values extends FieldValues>({
  form,
  onSubmit,
  words = {},
  submit,
  children,
}: AccountFormProps<Values>) => {
  const text = useText();
  const errorText = useErrorText();
  const { errors, isSubmitting } = form.formState;

  const show = (error: unknown): void => {
    if (!(error instanceof Error)) throw error;
    const code = error instanceof ApiError ? error.code : '';
    const own = words[code];
    const tooMany = error instanceof ApiError && error.status === 429;
    const mistakes = error instanceof ApiError ? error.mistakes.filter(({ path }) => path in form.getValues()) : [];
    if (own !== undefined) form.setError(own.at ?? 'root', { message: own.message }, { shouldFocus: true });
    else if (tooMany)
      form.setError('root', { message: text('session.tooMany', { smart_count: error.retryAfter ?? 60 }) });
    else if (mistakes.length === 0) form.setError('root', { message: errorText(error) });
    for (const { path, message } of own === undefined ? mistakes : []) {
      form.setError(path as FieldPath<Values>, { message }, { shouldFocus: true });
    }
  };

  const send = form.handleSubmit(async (values) => {
    try {
      await onSubmit(values);
    } catch (error) {
      show(error);
    }
  });

  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void send(event)} noValidate>
        <div role="alert">
          {errors.root?.message !== undefined && <Alert severity="error">{errors.root.message}</Alert>}
        </div>
        {children}
        <Button type="submit" variant="contained" size="large" loading={isSubmitting} sx={{ mt: 2 }} fullWidth>
          {submit}
        </Button>
      </form>
    </FormProvider>
  );
};

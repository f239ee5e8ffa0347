import { Alert, Box, Button, Stack } from '@mui/material';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { type FieldPath, type FieldValues, FormProvider, type UseFormReturn } from 'react-hook-form';
import { ApiError, type Mistake } from '../api/api-error.js';
import { LeaveGuard } from './leave-guard.js';
import { useSaveShortcut } from './use-save-shortcut.js';
import { useText } from '../texts/use-text.js';
import { EntryFormContext } from './entry-form-context.js';
import { placeMistakes } from './place-mistakes.js';

interface EntryFormProps<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>;
  /** Sends the values. What it throws is shown: at the inputs that it names, and otherwise above all. */
  readonly onSubmit: (values: Values) => Promise<unknown>;
  /** What is wrong inside the values before anybody asks the server. */
  readonly check?: (values: Values) => readonly Mistake[];
  /** The inputs that errors are about which name none, by the codes of these errors. */
  readonly inputs?: Readonly<Record<string, FieldPath<Values>>>;
  readonly submit: string;
  readonly onCancel: () => void;
  /** Beside the buttons to save and to leave. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A form of something that is kept: it asks before changes are lost. */
export const EntryForm = <Values extends FieldValues>(props: EntryFormProps<Values>) => {
  const { form, onSubmit, check, inputs = {}, submit, onCancel, actions, children } = props;
  const text = useText();
  const translate = useTranslate();
  const { isDirty, isSubmitting } = form.formState;
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const isSaved = useRef(false);
  const hasChanges = useCallback(() => isDirty && !isSaved.current, [isDirty]);
  const forget = useCallback(
    (path: string) => setMistakes((known) => known.filter((mistake) => !mistake.path.startsWith(path))),
    [],
  );
  const release = useCallback(() => {
    isSaved.current = true;
  }, []);

  const place = (found: readonly Mistake[]): void => {
    const { inside, elsewhere } = placeMistakes(found, form);
    setMistakes(inside);
    setProblems(elsewhere.length > 0 ? elsewhere.map(({ message }) => message) : [text('accounts.invalid')]);
  };
  const show = (error: unknown): void => {
    if (!(error instanceof Error)) throw error;
    const { code, mistakes: named } = error instanceof ApiError ? error : { code: '', mistakes: [] };
    const input = inputs[code];
    if (input !== undefined) return place([{ path: input, code, message: error.message }]);
    if (named.length > 0) return place(named);
    setProblems([translate(error.message, { _: error.message })]);
  };
  const attempt = async (values: Values): Promise<void> => {
    const wrong = check?.(values) ?? [];
    if (wrong.length > 0) return place(wrong);
    // Already here, because who saves may leave the page at once.
    isSaved.current = true;
    try {
      await onSubmit(values);
    } catch (error) {
      isSaved.current = false;
      show(error);
    }
  };
  const begin = () => {
    form.clearErrors();
    setProblems([]);
    setMistakes([]);
    void form.handleSubmit(attempt, () => setProblems([text('accounts.invalid')]))();
  };
  useSaveShortcut(begin);

  return (
    <FormProvider {...form}>
      <EntryFormContext value={{ mistakes, forget, release }}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            begin();
          }}
        >
          <Box role="alert" sx={{ mb: problems.length > 0 ? 2 : 0 }}>
            {problems.length > 0 && <Alert severity="error">{problems.join(' ')}</Alert>}
          </Box>
          {children}
          <Stack direction="row" sx={{ mt: 3, gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
            <Button type="submit" variant="contained" loading={isSubmitting}>
              {submit}
            </Button>
            <Button onClick={onCancel}>{text('accounts.cancel')}</Button>
            <Box sx={{ flexGrow: 1 }} />
            {actions}
          </Stack>
        </form>
        <LeaveGuard hasChanges={hasChanges} />
      </EntryFormContext>
    </FormProvider>
  );
};

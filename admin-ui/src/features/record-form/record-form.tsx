import { Alert, Box, Paper } from '@mui/material';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { ApiError } from '../../api/api-error.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { useText } from '../../texts/use-text.js';
import { FormActionsContext, type Save } from './form-actions.js';
import type { FormValues } from './form-values.js';
import { LeaveGuard } from '../../components/leave-guard.js';
import { showMistakes } from './show-mistakes.js';
import { useErrorText } from '../../components/use-error-text.js';
import { useSaveShortcut } from '../../components/use-save-shortcut.js';

interface RecordFormProps {
  /** Fields with an input, in the order in which they stand. */
  readonly fields: readonly FieldDescriptor[];
  readonly values: FormValues;
  /** What Ctrl+S and the enter key do. */
  readonly onSubmit: Save;
  readonly onDirty?: (isDirty: boolean) => void;
  /** Below the fields; see {@link useFormActions}. */
  readonly buttons: ReactNode;
  readonly children: ReactNode;
}

/** The form of a record, new or not: it checks, shows what the server finds wrong, and asks before changes are lost. */
export const RecordForm = ({ fields, values, onSubmit, onDirty, buttons, children }: RecordFormProps) => {
  const text = useText();
  const errorText = useErrorText();
  const form = useForm<FormValues>({ defaultValues: values });
  const [problems, setProblems] = useState<readonly string[]>([]);
  const isSaved = useRef(false);
  const { isDirty, isSubmitting } = form.formState;
  const hasChanges = useCallback(() => isDirty && !isSaved.current, [isDirty]);

  useEffect(() => onDirty?.(isDirty), [isDirty, onDirty]);

  const submit = (save: Save) => {
    const attempt = form.handleSubmit(
      async (given) => {
        setProblems([]);
        // Already here, because who saves may leave the page at once.
        isSaved.current = true;
        try {
          isSaved.current = await save(given);
        } catch (error) {
          isSaved.current = false;
          const others = error instanceof ApiError ? showMistakes(error, fields, form) : undefined;
          setProblems(others ?? [errorText(error)]);
        }
      },
      () => setProblems([text('record.invalid')]),
    );
    void attempt();
  };
  const release = () => {
    isSaved.current = true;
  };
  useSaveShortcut(() => submit(onSubmit));

  return (
    <FormProvider {...form}>
      <FormActionsContext value={{ submit, release, isBusy: isSubmitting }}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit(onSubmit);
          }}
        >
          <Box role="alert" sx={{ mb: problems.length > 0 ? 2 : 0 }}>
            {problems.length > 0 && <Alert severity="error">{problems.join(' ')}</Alert>}
          </Box>
          <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 } }}>
            {children}
          </Paper>
          {buttons}
        </form>
        <LeaveGuard hasChanges={hasChanges} />
      </FormActionsContext>
    </FormProvider>
  );
};

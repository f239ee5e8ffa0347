import { Button } from '@mui/material';
import { type Save, useFormActions } from './form-actions.js';

interface SaveButtonProps {
  readonly save: Save;
  readonly children: string;
}

/** Another way to save, beside the first. */
export const SaveButton = ({ save, children }: SaveButtonProps) => {
  const { submit, isBusy } = useFormActions();
  return (
    <Button disabled={isBusy} onClick={() => submit(save)}>
      {children}
    </Button>
  );
};

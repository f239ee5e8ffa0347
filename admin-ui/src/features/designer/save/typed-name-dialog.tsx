import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { type ReactNode, useId, useState } from 'react';
import { useText } from '../../../texts/use-text.js';

interface TypedNameDialogProps {
  readonly title: string;
  /** What has to be typed. */
  readonly name: string;
  readonly confirm: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** What is lost. */
  readonly children: ReactNode;
}

/** Asks before values are lost, so that nobody does it without having read what. */
export const TypedNameDialog = (props: TypedNameDialogProps) => {
  const { title, name, confirm, isBusy, onConfirm, onCancel, children } = props;
  const text = useText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const isRight = typed.trim() === name;
  return (
    <Dialog open onClose={onCancel} role="alertdialog" aria-labelledby={id} aria-describedby={`${id}-why`}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // The form of the page is around this one, as far as React is concerned.
          event.stopPropagation();
          if (isRight && !isBusy) onConfirm();
        }}
      >
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent id={`${id}-why`}>
          {children}
          <TextField
            autoFocus
            label={text('loss.type', { name })}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false } }}
            sx={{ mt: 2 }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onCancel}>{text('designer.cancel')}</Button>
          <Button type="submit" color="error" variant="contained" disabled={!isRight} loading={isBusy}>
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};

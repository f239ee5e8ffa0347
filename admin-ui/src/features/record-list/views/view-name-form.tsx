import { Button, Stack, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useText } from '../../../texts/use-text.js';

const MOST_CHARACTERS = 80;

interface ViewNameFormProps {
  readonly label: string;
  /** What the button says. */
  readonly submit: string;
  readonly initial?: string;
  readonly isTaken: (name: string) => boolean;
  readonly onName: (name: string) => void;
}

/** Where a view gets its name. */
export const ViewNameForm = ({ label, submit, initial = '', isTaken, onName }: ViewNameFormProps) => {
  const text = useText();
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string>();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const given = name.trim();
    if (given === '') return setProblem(text('views.nameless'));
    if (isTaken(given)) return setProblem(text('views.taken'));
    onName(given);
    setName('');
  };
  return (
    <Stack
      component="form"
      direction="row"
      noValidate
      onSubmit={send}
      sx={{ gap: 1, alignItems: 'flex-start', width: '100%' }}
    >
      <TextField
        label={label}
        value={name}
        autoFocus={initial !== ''}
        error={problem !== undefined}
        helperText={problem}
        onChange={({ target }) => {
          setName(target.value);
          setProblem(undefined);
        }}
        slotProps={{ htmlInput: { maxLength: MOST_CHARACTERS, autoComplete: 'off' } }}
      />
      <Button type="submit" variant="outlined" sx={{ flexShrink: 0, minHeight: 40 }}>
        {submit}
      </Button>
    </Stack>
  );
};

import { Checkbox, FormControl, FormControlLabel, FormHelperText } from '@mui/material';
import { useId } from 'react';

interface CheckInputProps {
  readonly path: string;
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly help?: string | undefined;
  readonly mistake?: string | undefined;
}

/** Something about a model or a field that is so or not. */
export const CheckInput = ({ path, label, value, onChange, help, mistake }: CheckInputProps) => {
  const id = useId();
  const note = mistake ?? help;
  return (
    <FormControl error={mistake !== undefined} sx={{ width: 'auto' }}>
      <FormControlLabel
        label={label}
        control={
          <Checkbox
            checked={value}
            onChange={({ target }) => onChange(target.checked)}
            slotProps={{ input: { name: path, 'aria-describedby': note === undefined ? undefined : id } }}
          />
        }
      />
      {note !== undefined && (
        <FormHelperText id={id} sx={{ mt: -0.5 }}>
          {note}
        </FormHelperText>
      )}
    </FormControl>
  );
};

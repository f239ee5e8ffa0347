import { FormControlLabel, FormHelperText, Box, Switch } from '@mui/material';
import { useId } from 'react';
import { type FieldPath, type FieldValues, useController } from 'react-hook-form';

interface SwitchFieldProps<Values extends FieldValues> {
  readonly name: FieldPath<Values>;
  readonly label: string;
  readonly hint: string;
}

/** Something in a form that is on or off. */
export const SwitchField = <Values extends FieldValues>({ name, label, hint }: SwitchFieldProps<Values>) => {
  const id = useId();
  const { field, fieldState } = useController<Values>({ name });
  const { value, ref, ...rest } = field;
  const isWrong = fieldState.error !== undefined;
  return (
    <Box sx={{ mt: 1.5 }}>
      <FormControlLabel
        label={label}
        control={
          <Switch
            {...rest}
            checked={value === true}
            slotProps={{ input: { ref, 'aria-describedby': id, 'aria-invalid': isWrong } }}
          />
        }
      />
      <FormHelperText id={id} error={isWrong} sx={{ mt: 0 }}>
        {fieldState.error?.message || hint}
      </FormHelperText>
    </Box>
  );
};

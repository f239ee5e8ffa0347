import { TextField, type TextFieldProps } from '@mui/material';

interface TextInputProps extends Pick<
  TextFieldProps,
  'placeholder' | 'required' | 'disabled' | 'autoFocus' | 'multiline'
> {
  /** Where it is in what is sent, such as `options.maxLength`. */
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string | undefined;
  readonly mistake?: string | undefined;
  readonly inputMode?: 'numeric' | 'decimal' | 'text';
}

/** A line of text of a model or a field. */
export const TextInput = (props: TextInputProps) => {
  const { path, label, value, onChange, help, mistake, inputMode, ...rest } = props;
  return (
    <TextField
      {...rest}
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={mistake !== undefined}
      helperText={mistake ?? help}
      slotProps={{
        htmlInput: { 'data-path': path, autoComplete: 'off', spellCheck: false, inputMode },
        inputLabel: rest.placeholder ? { shrink: true } : {},
      }}
    />
  );
};

import type { TextFieldProps } from '@mui/material';
import type { InputProps } from '../widget.js';

/** What all inputs that are a line of text have in common. */
export const textFieldProps = (props: InputProps): TextFieldProps => {
  const { field, label, onBlur, inputRef, error, help, isRequired = false, autoFocus = false } = props;
  return {
    name: field.name,
    label,
    required: isRequired,
    error: error !== undefined,
    helperText: error ?? help,
    autoFocus,
    ...(onBlur === undefined ? {} : { onBlur }),
    ...(inputRef === undefined ? {} : { inputRef }),
  };
};

/** A value as the text of an input. */
export const shownText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : '';

import { TextField, type TextFieldProps } from '@mui/material';
import { type FieldPath, type FieldValues, type RegisterOptions, useFormContext } from 'react-hook-form';
import { useText } from '../texts/use-text.js';

export interface FormFieldProps<Values extends FieldValues> extends Pick<
  TextFieldProps,
  'label' | 'type' | 'autoComplete' | 'autoFocus' | 'helperText' | 'slotProps'
> {
  readonly name: FieldPath<Values>;
  /** Default true. */
  readonly isRequired?: boolean;
  readonly validate?: RegisterOptions<Values>['validate'];
}

/** A line of text in a form; says what is wrong with it below. */
export const FormField = <Values extends FieldValues>({
  name,
  isRequired = true,
  validate,
  helperText,
  ...rest
}: FormFieldProps<Values>) => {
  const text = useText();
  const { register, getFieldState, formState } = useFormContext<Values>();
  const { error } = getFieldState(name, formState);
  const { ref, ...field } = register(name, {
    ...(isRequired ? { required: text('validation.required') } : {}),
    ...(validate === undefined ? {} : { validate }),
  });
  return (
    <TextField
      {...rest}
      {...field}
      inputRef={ref}
      margin="normal"
      required={isRequired}
      error={error !== undefined}
      helperText={error?.message || helperText}
    />
  );
};

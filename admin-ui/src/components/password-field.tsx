import Visibility from '@mui/icons-material/Visibility';
import VisibilityOff from '@mui/icons-material/VisibilityOff';
import { IconButton, InputAdornment } from '@mui/material';
import { useState } from 'react';
import type { FieldValues } from 'react-hook-form';
import { useText } from '../texts/use-text.js';
import { FormField, type FormFieldProps } from './form-field.js';

/** A password in a form, which can be looked at. */
export const PasswordField = <Values extends FieldValues>(
  props: Omit<FormFieldProps<Values>, 'type' | 'slotProps'>,
) => {
  const text = useText();
  const [isShown, setShown] = useState(false);
  return (
    <FormField<Values>
      {...props}
      type={isShown ? 'text' : 'password'}
      slotProps={{
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <IconButton
                edge="end"
                aria-label={text(isShown ? 'password.hide' : 'password.show')}
                onClick={() => setShown(!isShown)}
              >
                {isShown ? <VisibilityOff /> : <Visibility />}
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
};

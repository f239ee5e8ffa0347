import { TextField } from '@mui/material';
import { useState } from 'react';
import type { InputProps } from '../widget.js';
import { shownText, textFieldProps } from './text-field-props.js';

interface NativeInputProps extends InputProps {
  readonly type: 'date' | 'time' | 'datetime-local';
  /** What the browser's control can show. It shows any other text as nothing, so that then there is a line of text instead. */
  readonly fits: RegExp;
  /** Of times, in seconds. */
  readonly step?: number;
}

/** The browser's own control for a date or a time: each has one that works with its keyboard and its screen reader. */
export const NativeInput = ({ type, fits, step, ...props }: NativeInputProps) => {
  const value = shownText(props.value);
  // Decided once: a control that changed while somebody types would lose the focus.
  const [isNative] = useState(() => value === '' || fits.test(value));
  return (
    <TextField
      {...textFieldProps(props)}
      type={isNative ? type : 'text'}
      value={value}
      onChange={({ target }) => props.onChange(target.value)}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { step, max: type === 'time' ? undefined : MAX[type] } }}
    />
  );
};

/** Without it browsers take six digits for a year. */
const MAX = { date: '9999-12-31', 'datetime-local': '9999-12-31T23:59:59' };

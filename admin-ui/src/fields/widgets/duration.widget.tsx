import { TextField } from '@mui/material';
import { useText } from '../../texts/use-text.js';
import { isoDuration, readableDuration } from '../duration-text.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { shownText, textFieldProps } from './text-field-props.js';

const Input = (props: InputProps) => {
  const text = useText();
  return (
    <TextField
      {...textFieldProps(props)}
      placeholder={text('fields.durationExample')}
      value={shownText(props.value)}
      onChange={({ target }) => props.onChange(target.value)}
      slotProps={{ htmlInput: { autoComplete: 'off' } }}
    />
  );
};

const Cell = ({ value }: CellProps) => readableDuration(shownText(value));

/** A length of time, typed as people write it. */
export const durationWidget: Widget = {
  Input,
  Cell,
  isInline: true,
  toForm: (value) => (value === null ? '' : readableDuration(shownText(value))),
  toJson: (value) => (value === '' ? null : (isoDuration(shownText(value)) ?? value)),
  check: (value, _field, text) => {
    const typed = shownText(value);
    return typed === '' || isoDuration(typed) !== undefined ? undefined : text('validation.duration');
  },
};

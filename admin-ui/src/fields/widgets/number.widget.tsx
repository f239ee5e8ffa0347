import { TextField } from '@mui/material';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { shownText, textFieldProps } from './text-field-props.js';

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+([.]\d*)?|[.]\d+)(e[+-]?\d+)?$/i;

/** Types that JSON has as texts are exact, and stay texts here too. */
const isExact = ({ schema: { type } }: FieldDescriptor): boolean =>
  type === 'string' || (Array.isArray(type) && type.includes('string'));

const isWhole = ({ schema: { type, pattern } }: FieldDescriptor): boolean =>
  type === 'integer' || (pattern !== undefined && !new RegExp(pattern).test('1.5'));

const Input = (props: InputProps) => (
  <TextField
    {...textFieldProps(props)}
    value={shownText(props.value)}
    onChange={({ target }) => props.onChange(target.value)}
    slotProps={{ htmlInput: { inputMode: isWhole(props.field) ? 'numeric' : 'decimal', autoComplete: 'off' } }}
  />
);

const Cell = ({ value }: CellProps) => shownText(value);

/** Numbers of all kinds. What is typed is a text until it is sent, so that no digit is lost. */
export const numberWidget: Widget = {
  Input,
  Cell,
  isInline: true,
  isFigure: true,
  toForm: shownText,
  toJson: (value, field) => {
    const typed = shownText(value).trim();
    if (typed === '') return null;
    return isExact(field) ? typed.replace(/^[+]/, '') : Number(typed);
  },
  check: (value, field, text) => {
    const typed = shownText(value).trim();
    if (typed === '' || (isWhole(field) ? WHOLE : DECIMAL).test(typed)) return undefined;
    return text(isWhole(field) ? 'validation.whole' : 'validation.number');
  },
};

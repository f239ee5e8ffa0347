import { Box, TextField } from '@mui/material';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { shownText, textFieldProps } from './text-field-props.js';
import { textWidget } from './text.widget.js';

/** In a list, only the beginning. */
const SHOWN_CHARACTERS = 100;

const Input = (props: InputProps) => (
  <TextField
    {...textFieldProps(props)}
    multiline
    minRows={3}
    maxRows={20}
    value={shownText(props.value)}
    onChange={({ target }) => props.onChange(target.value)}
  />
);

const Cell = ({ value, isWhole = false }: CellProps) => {
  const text = shownText(value);
  if (isWhole) return <Box sx={{ whiteSpace: 'pre-wrap' }}>{text}</Box>;
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
};

/** Text of any length. */
export const textareaWidget: Widget = { ...textWidget, Input, Cell, isWide: true };

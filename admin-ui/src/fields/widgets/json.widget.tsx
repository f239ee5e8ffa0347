import { Box, TextField } from '@mui/material';
import { parseJson, writtenJson } from '../json-text.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { shownText, textFieldProps } from './text-field-props.js';

const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';
/** In a list, only the beginning. */
const SHOWN_CHARACTERS = 60;

const Input = (props: InputProps) => {
  const text = shownText(props.value);
  const tidy = () => {
    const parsed = parseJson(text);
    if ('value' in parsed && text !== writtenJson(parsed.value)) props.onChange(writtenJson(parsed.value));
    props.onBlur?.();
  };
  return (
    <TextField
      {...textFieldProps(props)}
      multiline
      minRows={3}
      maxRows={24}
      value={text}
      onChange={({ target }) => props.onChange(target.value)}
      onBlur={tidy}
      slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: 14 } } }}
    />
  );
};

const Cell = ({ value, isWhole = false }: CellProps) => {
  const written = JSON.stringify(value, null, isWhole ? 2 : undefined);
  const shown = isWhole || written.length <= SHOWN_CHARACTERS ? written : `${written.slice(0, SHOWN_CHARACTERS)}…`;
  return (
    <Box component={isWhole ? 'pre' : 'code'} sx={{ m: 0, fontFamily: MONOSPACE, fontSize: 13, overflowX: 'auto' }}>
      {shown}
    </Box>
  );
};

/** Any JSON, as text. */
export const jsonWidget: Widget = {
  Input,
  Cell,
  isWide: true,
  toForm: writtenJson,
  toJson: (value) => {
    const parsed = parseJson(shownText(value));
    return 'value' in parsed ? parsed.value : value;
  },
  check: (value, _field, text) => {
    const parsed = parseJson(shownText(value));
    if ('value' in parsed) return undefined;
    return text('validation.json', { problem: parsed.problem, ...parsed.place });
  },
};

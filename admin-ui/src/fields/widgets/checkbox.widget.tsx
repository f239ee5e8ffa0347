import Check from '@mui/icons-material/Check';
import Close from '@mui/icons-material/Close';
import { Checkbox, FormControl, FormControlLabel, FormHelperText, MenuItem, TextField } from '@mui/material';
import { useId } from 'react';
import { useText } from '../../texts/use-text.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { textFieldProps } from './text-field-props.js';

/** Where there always is a value, it is one of two. */
const TwoStates = ({ field, label, value, onChange, onBlur, inputRef, error, help }: InputProps) => {
  const id = useId();
  const note = error ?? help;
  return (
    <FormControl error={error !== undefined} sx={{ justifyContent: 'center', minHeight: 40 }}>
      <FormControlLabel
        label={label}
        control={
          <Checkbox
            name={field.name}
            checked={value === true}
            onChange={({ target }) => onChange(target.checked)}
            onBlur={onBlur}
            slotProps={{ input: { ref: inputRef, 'aria-describedby': id } }}
          />
        }
      />
      {note && <FormHelperText id={id}>{note}</FormHelperText>}
    </FormControl>
  );
};

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['no', false],
]);

const wordOf = (value: unknown): string => [...WORDS].find(([, meant]) => meant === value)?.[0] ?? '';

const ThreeStates = (props: InputProps) => {
  const text = useText();
  return (
    <TextField
      {...textFieldProps(props)}
      select
      value={wordOf(props.value)}
      onChange={({ target }) => props.onChange(WORDS.get(target.value) ?? null)}
    >
      <MenuItem value="">
        <em>{text('fields.empty')}</em>
      </MenuItem>
      <MenuItem value="yes">{text('fields.yes')}</MenuItem>
      <MenuItem value="no">{text('fields.no')}</MenuItem>
    </TextField>
  );
};

const Input = (props: InputProps) => (props.field.required ? <TwoStates {...props} /> : <ThreeStates {...props} />);

const Cell = ({ value }: CellProps) => {
  const text = useText();
  return value === true ? (
    <Check fontSize="small" color="success" titleAccess={text('fields.yes')} />
  ) : (
    <Close fontSize="small" color="disabled" titleAccess={text('fields.no')} />
  );
};

/** True or false, or neither where records may go without. */
export const checkboxWidget: Widget = { Input, Cell, isInline: true };

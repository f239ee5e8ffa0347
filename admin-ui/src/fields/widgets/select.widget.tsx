import { Chip, MenuItem, TextField } from '@mui/material';
import type { Json } from '../../api/json.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { useText } from '../../texts/use-text.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { shownText, textFieldProps } from './text-field-props.js';

/** What people call a value. One that is no longer offered is called as it is. */
export const labelOf = ({ choices }: FieldDescriptor, value: Json): string =>
  choices.find((choice) => String(choice.value) === String(value))?.label ?? String(value);

/** The value that is written like this; `5` and `"5"` are one choice where the API has numbers as texts. */
const valueOf = ({ choices }: FieldDescriptor, written: string): Json =>
  choices.find(({ value }) => String(value) === written)?.value ?? written;

const Input = (props: InputProps) => {
  const text = useText();
  const { field } = props;
  const written = shownText(props.value);
  const isOffered = written === '' || field.choices.some(({ value }) => String(value) === written);
  return (
    <TextField
      {...textFieldProps(props)}
      select
      value={written}
      onChange={({ target }) => props.onChange(target.value === '' ? null : valueOf(field, target.value))}
    >
      {!field.required && (
        <MenuItem value="">
          <em>{text('fields.empty')}</em>
        </MenuItem>
      )}
      {!isOffered && <MenuItem value={written}>{written}</MenuItem>}
      {field.choices.map(({ value, label }) => (
        <MenuItem key={value} value={String(value)}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
};

const Cell = ({ field, value }: CellProps) => <Chip size="small" label={labelOf(field, value)} />;

/** One of a few values. */
export const selectWidget: Widget = { Input, Cell, isInline: true };

import { Autocomplete, Chip, Stack, TextField } from '@mui/material';
import type { Json } from '../../api/json.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { labelOf } from './select.widget.js';
import { textFieldProps } from './text-field-props.js';

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : []);

const Input = (props: InputProps) => {
  const { field } = props;
  return (
    <Autocomplete<Json, true>
      multiple
      disableCloseOnSelect
      options={field.choices.map(({ value }) => value)}
      getOptionLabel={(value) => labelOf(field, value)}
      value={[...listOf(props.value)]}
      onChange={(_, chosen) => props.onChange(chosen)}
      renderInput={(params) => <TextField {...params} {...textFieldProps(props)} />}
    />
  );
};

const Cell = ({ field, value }: CellProps) => (
  <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
    {listOf(value).map((item) => (
      <Chip key={String(item)} size="small" label={labelOf(field, item)} />
    ))}
  </Stack>
);

/** Any of a few values. */
export const selectManyWidget: Widget = {
  Input,
  Cell,
  toForm: listOf,
  toJson: (value, { required }) => (!required && listOf(value).length === 0 ? null : value),
};

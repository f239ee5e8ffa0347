import { Autocomplete, Box, TextField, Typography } from '@mui/material';
import { useText } from '../../../texts/use-text.js';
import { useDesigner } from '../designer-context.js';
import type { FieldType } from '../stored/field-type.js';

interface TypePickerProps {
  readonly value: string;
  readonly onChange: (type: FieldType) => void;
  readonly mistake: string | undefined;
}

/** How well a type fits what is sought, the best first: by its label, its names, or what is said of it. */
const rank = ({ name, label, description, djangoName = '' }: FieldType, sought: string): number =>
  [label, `${name} ${djangoName}`, description].findIndex((text) => text.toLowerCase().includes(sought));

const found = (types: readonly FieldType[], typed: string): FieldType[] => {
  const sought = typed.trim().toLowerCase();
  return types.filter((type) => rank(type, sought) >= 0).sort((a, b) => rank(a, sought) - rank(b, sought));
};

/** The types with what they are for. */
export const TypePicker = ({ value, onChange, mistake }: TypePickerProps) => {
  const text = useText();
  const { types } = useDesigner();
  const chosen = types.find(({ name, djangoName }) => name === value || djangoName === value) ?? null;
  return (
    <Autocomplete<FieldType, false, true>
      disableClearable
      options={[...types]}
      value={chosen as FieldType}
      getOptionLabel={({ label }) => label}
      getOptionKey={({ name }) => name}
      filterOptions={(options, { inputValue }) => (inputValue === chosen?.label ? options : found(options, inputValue))}
      onChange={(_, type) => onChange(type)}
      renderOption={({ key, ...props }, type) => (
        <Box component="li" key={key} {...props} sx={{ display: 'block !important' }}>
          <Typography sx={{ fontWeight: 600 }}>{type.label}</Typography>
          <Typography variant="body2" color="text.secondary">
            {type.description}
          </Typography>
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          label={text('designerFields.type')}
          error={mistake !== undefined}
          helperText={mistake ?? chosen?.description}
          slotProps={{ htmlInput: { ...params.inputProps, 'data-path': 'type' } }}
        />
      )}
    />
  );
};

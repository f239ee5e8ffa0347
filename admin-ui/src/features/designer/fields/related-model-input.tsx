import { Autocomplete, TextField } from '@mui/material';
import { useText } from '../../../texts/use-text.js';
import { useDesigner } from '../designer-context.js';

interface RelatedModelInputProps {
  readonly value: string;
  readonly onChange: (model: string) => void;
  readonly mistake: string | undefined;
}

/** The model that a relation points to. What is not offered can be typed: an entity of the application. */
export const RelatedModelInput = ({ value, onChange, mistake }: RelatedModelInputProps) => {
  const text = useText();
  const { modelNames } = useDesigner();
  return (
    <Autocomplete
      freeSolo
      autoHighlight
      options={[...modelNames]}
      inputValue={value}
      onInputChange={(_, typed) => onChange(typed)}
      renderInput={(params) => (
        <TextField
          {...params}
          required
          label={text('designerFields.relatedModel')}
          error={mistake !== undefined}
          helperText={mistake ?? text('designerFields.relatedModelHelp')}
          slotProps={{ htmlInput: { ...params.inputProps, 'data-path': 'relatedModel' } }}
        />
      )}
    />
  );
};

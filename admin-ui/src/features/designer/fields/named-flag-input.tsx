import { Box } from '@mui/material';
import { useText } from '../../../texts/use-text.js';
import { CheckInput } from '../check-input.js';
import { TextInput } from '../text-input.js';
import type { OptionInputProps } from './option-input.js';

/** Something that is so or not, and may have a name that it shares with other fields. */
export const NamedFlagInput = ({ path, label, schema, value, onChange, mistake }: OptionInputProps) => {
  const text = useText();
  const given = value ?? schema.default ?? false;
  const isOn = given !== false;
  const set = (next: boolean | string) => onChange(next === (schema.default ?? false) ? undefined : next);
  return (
    <Box>
      <CheckInput
        path={path}
        label={label}
        value={isOn}
        onChange={set}
        help={schema.description}
        mistake={isOn ? undefined : mistake}
      />
      {isOn && (
        <Box sx={{ mt: 1 }}>
          <TextInput
            path={`${path}.name`}
            label={text('designerFields.indexName')}
            value={typeof given === 'string' ? given : ''}
            onChange={(name) => set(name === '' ? true : name)}
            mistake={mistake}
          />
        </Box>
      )}
    </Box>
  );
};

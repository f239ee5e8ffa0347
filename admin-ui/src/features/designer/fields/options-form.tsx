import { Box, FormHelperText, Typography } from '@mui/material';
import { useId } from 'react';
import type { Json } from '../../../api/json.js';
import { useText } from '../../../texts/use-text.js';
import type { MistakesAt } from '../mistakes.js';
import { type FieldType, optionsOf } from '../stored/field-type.js';
import { humanize } from '../stored/humanize.js';
import { optionInputOf } from './option-inputs.js';

interface OptionsFormProps {
  readonly type: FieldType | undefined;
  readonly options: Readonly<Record<string, Json>>;
  readonly onChange: (options: Readonly<Record<string, Json>>) => void;
  readonly mistakes: MistakesAt;
}

/** The options of a type, as its schema describes them. */
export const OptionsForm = ({ type, options, onChange, mistakes }: OptionsFormProps) => {
  const text = useText();
  const id = useId();
  const described = optionsOf(type);
  if (described.length === 0) return null;
  const set = (name: string, value: Json | undefined) => {
    if (value !== undefined) return onChange({ ...options, [name]: value });
    return onChange(Object.fromEntries(Object.entries(options).filter(([other]) => other !== name)));
  };
  const mistake = mistakes.get('options');
  return (
    <Box role="group" aria-labelledby={id} data-path="options" tabIndex={-1}>
      <Typography id={id} variant="h3" sx={{ mb: 1.5 }}>
        {text('designerFields.options')}
      </Typography>
      {mistake !== undefined && <FormHelperText error>{mistake}</FormHelperText>}
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' } }}
      >
        {described.map(([name, schema]) => {
          const Input = optionInputOf(schema);
          return (
            <Input
              key={`${type?.name}.${name}`}
              path={`options.${name}`}
              label={humanize(name)}
              schema={schema}
              value={options[name]}
              onChange={(value) => set(name, value)}
              mistake={mistakes.get(`options.${name}`)}
            />
          );
        })}
      </Box>
    </Box>
  );
};

import { MenuItem, TextField } from '@mui/material';
import type { ComponentType } from 'react';
import { isSame } from '../../../api/json.js';
import { useText } from '../../../texts/use-text.js';
import { CheckInput } from '../check-input.js';
import type { OptionSchema } from '../stored/field-type.js';
import { humanize } from '../stored/humanize.js';
import { TextInput } from '../text-input.js';
import { NamedFlagInput } from './named-flag-input.js';
import { type OptionInput, type OptionInputProps, typesOf } from './option-input.js';
import { jsonOption, linesOption, numberOption, textOption } from './written-options.js';

const EnumInput = ({ path, label, schema, value, onChange, mistake }: OptionInputProps) => {
  const choices = schema.enum ?? [];
  const chosen = value ?? schema.default ?? '';
  return (
    <TextField
      select
      label={label}
      value={typeof chosen === 'string' ? chosen : JSON.stringify(chosen)}
      onChange={({ target }) => {
        const choice = choices.find((item) => item === target.value || JSON.stringify(item) === target.value);
        onChange(choice !== undefined && isSame(choice, schema.default ?? null) ? undefined : choice);
      }}
      error={mistake !== undefined}
      helperText={mistake ?? schema.description}
      slotProps={{ select: { SelectDisplayProps: { 'data-path': path } as object } }}
    >
      {choices.map((choice) => {
        const written = typeof choice === 'string' ? choice : JSON.stringify(choice);
        return (
          <MenuItem key={written} value={written}>
            {humanize(written)}
          </MenuItem>
        );
      })}
    </TextField>
  );
};

const FlagInput = ({ path, label, schema, value, onChange, mistake }: OptionInputProps) => (
  <CheckInput
    path={path}
    label={label}
    value={(value ?? schema.default) === true}
    onChange={(isOn) => onChange(isOn === (schema.default === true) ? undefined : isOn)}
    help={schema.description}
    mistake={mistake}
  />
);

/** Something that is written, and read when it is whole. */
const written = ({ read, show, inputMode, isLong }: typeof textOption) => {
  const Input = ({ path, label, schema, value, onChange, mistake }: OptionInputProps) => {
    const text = useText();
    const fallback = schema.default === undefined ? '' : show(schema.default);
    return (
      <TextInput
        path={path}
        label={label}
        value={value === undefined ? '' : show(value)}
        onChange={(typed) => onChange(typed === '' ? undefined : read(typed, schema))}
        placeholder={fallback === '' ? '' : text('designerFields.byDefault', { value: fallback })}
        help={schema.description}
        mistake={mistake}
        inputMode={inputMode}
        multiline={isLong}
      />
    );
  };
  return Input;
};

const isOf =
  (...types: readonly string[]) =>
  (schema: OptionSchema): boolean =>
    typesOf(schema).length > 0 && typesOf(schema).every((type) => types.includes(String(type)));

const hasAll =
  (...types: readonly string[]) =>
  (schema: OptionSchema): boolean =>
    types.every((type) => typesOf(schema).includes(type));

/** The first that fits is taken. Options of types of an application are JSON where nothing else fits. */
const INPUTS: readonly OptionInput[] = [
  { fits: (schema) => schema.enum !== undefined, Input: EnumInput },
  { fits: isOf('boolean'), Input: FlagInput },
  { fits: hasAll('boolean', 'string'), Input: NamedFlagInput },
  { fits: (schema) => isOf('array')(schema) && isOf('string')(schema.items ?? {}), Input: written(linesOption) },
  { fits: isOf('string'), Input: written(textOption) },
  { fits: isOf('integer', 'number', 'string'), Input: written(numberOption) },
];

const JsonInput = written(jsonOption);

/** The control for an option with this schema. */
export const optionInputOf = (schema: OptionSchema): ComponentType<OptionInputProps> =>
  INPUTS.find(({ fits }) => fits(schema))?.Input ?? JsonInput;

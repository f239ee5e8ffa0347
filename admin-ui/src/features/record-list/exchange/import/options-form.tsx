import { MenuItem, TextField } from '@mui/material';
import type { FieldDescriptor, ModelDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';
import { ChoiceGroup } from '../choice-group.js';
import type { ImportOptions } from './import-options.js';

interface OptionsFormProps {
  readonly options: ImportOptions;
  /** By which the file can find records. */
  readonly keys: ModelDescriptor['keys'];
  readonly fields: readonly FieldDescriptor[];
  readonly mayChange: boolean;
  readonly onChange: (options: ImportOptions) => void;
}

const keyName = (names: readonly string[]): string => names.join(',');

/** What is done with the records of a file. */
export const OptionsForm = ({ options, keys, fields, mayChange, onChange }: OptionsFormProps) => {
  const text = useText();
  const labelOf = (names: readonly string[]) =>
    names.map((name) => fields.find((field) => field.name === name)?.verboseName ?? name).join(' + ');
  const [first] = keys;
  const what = options.on === null ? 'create' : 'upsert';
  return (
    <>
      {mayChange && (
        <ChoiceGroup
          label={text('import.what')}
          value={what}
          options={[
            { value: 'create', label: text('import.create') },
            {
              value: 'upsert',
              label: text('import.upsert'),
              hint: first === undefined ? text('import.noKey') : undefined,
              isDisabled: first === undefined,
            },
          ]}
          onChange={(value) => onChange({ ...options, on: value === 'create' ? null : (first ?? null) })}
        />
      )}
      {options.on !== null && (
        <TextField
          select
          label={text('import.key')}
          value={keyName(options.on)}
          onChange={({ target }) =>
            onChange({ ...options, on: keys.find((names) => keyName(names) === target.value) ?? null })
          }
          sx={{ mb: 2, maxWidth: 320 }}
        >
          {keys.map((names) => (
            <MenuItem key={keyName(names)} value={keyName(names)}>
              {labelOf(names)}
            </MenuItem>
          ))}
        </TextField>
      )}
      <ChoiceGroup
        label={text('import.errors')}
        value={options.skipsErrors ? 'skip' : 'abort'}
        options={[
          { value: 'abort', label: text('import.abort') },
          { value: 'skip', label: text('import.skip') },
        ]}
        onChange={(value) => onChange({ ...options, skipsErrors: value === 'skip' })}
      />
    </>
  );
};

import { FormControl, FormControlLabel, FormHelperText, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useId } from 'react';

export interface ChoiceOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isDisabled?: boolean;
}

interface ChoiceGroupProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly ChoiceOption<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One of a few possibilities, each with what it means. */
export const ChoiceGroup = <Value extends string>({ label, value, options, onChange }: ChoiceGroupProps<Value>) => {
  const id = useId();
  return (
    <FormControl component="fieldset" sx={{ display: 'block', mb: 2 }}>
      <FormLabel component="legend" id={id} sx={{ fontWeight: 600 }}>
        {label}
      </FormLabel>
      <RadioGroup
        aria-labelledby={id}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find((option) => option.value === target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <div key={option.value}>
            <FormControlLabel
              value={option.value}
              disabled={option.isDisabled ?? false}
              control={
                <Radio
                  size="small"
                  slotProps={
                    option.hint === undefined ? {} : { input: { 'aria-describedby': `${id}-${option.value}` } }
                  }
                />
              }
              label={option.label}
            />
            {option.hint !== undefined && (
              <FormHelperText id={`${id}-${option.value}`} sx={{ m: 0, ml: '30px', mt: -0.75 }}>
                {option.hint}
              </FormHelperText>
            )}
          </div>
        ))}
      </RadioGroup>
    </FormControl>
  );
};

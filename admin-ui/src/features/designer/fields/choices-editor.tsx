import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { Box, Button, FormHelperText, FormLabel, IconButton } from '@mui/material';
import { useId } from 'react';
import { useText } from '../../../texts/use-text.js';
import { type ChoiceDraft, newChoice } from '../draft/model-draft.js';
import { TextInput } from '../text-input.js';

interface ChoicesEditorProps {
  readonly choices: readonly ChoiceDraft[];
  readonly isNeeded: boolean;
  readonly onChange: (choices: readonly ChoiceDraft[]) => void;
  readonly mistake: string | undefined;
}

/** The values that are allowed, with what people call them. */
export const ChoicesEditor = ({ choices, isNeeded, onChange, mistake }: ChoicesEditorProps) => {
  const text = useText();
  const id = useId();
  const set = (key: string, values: Partial<ChoiceDraft>) =>
    onChange(choices.map((choice) => (choice.key === key ? { ...choice, ...values } : choice)));
  return (
    <Box role="group" aria-labelledby={id} data-path="choices" tabIndex={-1}>
      <FormLabel id={id} component="div" error={mistake !== undefined}>
        {text('designerFields.choices')}
      </FormLabel>
      {choices.map(({ key, value, label }, place) => (
        <Box key={key} sx={{ display: 'flex', gap: 1, mt: 1, alignItems: 'flex-start' }}>
          <TextInput
            path={`choices.${place}.value`}
            label={text('designerFields.value')}
            value={value}
            onChange={(next) => set(key, { value: next })}
            autoFocus={value === '' && place === choices.length - 1}
          />
          <TextInput
            path={`choices.${place}.label`}
            label={text('designerFields.valueLabel')}
            value={label}
            placeholder={value}
            onChange={(next) => set(key, { label: next })}
          />
          <IconButton
            onClick={() => onChange(choices.filter((choice) => choice.key !== key))}
            aria-label={text('designerFields.removeChoice', { place: place + 1 })}
          >
            <DeleteOutline fontSize="small" />
          </IconButton>
        </Box>
      ))}
      <Button size="small" startIcon={<Add />} onClick={() => onChange([...choices, newChoice()])} sx={{ mt: 0.5 }}>
        {text('designerFields.addChoice')}
      </Button>
      <FormHelperText error={mistake !== undefined}>
        {mistake ?? text(isNeeded ? 'designerFields.choicesNeeded' : 'designerFields.choicesHelp')}
      </FormHelperText>
    </Box>
  );
};

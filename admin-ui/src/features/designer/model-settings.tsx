import { Autocomplete, Box, MenuItem, TextField, Typography } from '@mui/material';
import { useText } from '../../texts/use-text.js';
import { CheckInput } from './check-input.js';
import { useDesigner } from './designer-context.js';
import { changeModel } from './draft/draft-change.js';
import type { ModelDraft } from './draft/model-draft.js';
import type { MistakesAt } from './mistakes.js';
import { humanize } from './stored/humanize.js';
import { TextInput } from './text-input.js';

interface ModelSettingsProps {
  readonly draft: ModelDraft;
  readonly isStored: boolean;
  readonly mistakes: MistakesAt;
}

const KEYS = ['big_auto', 'auto', 'uuid'] as const;

/** What is said of a model, apart from its fields. */
export const ModelSettings = ({ draft, isStored, mistakes }: ModelSettingsProps) => {
  const text = useText();
  const { change, modelNames } = useDesigner();
  const set = (values: Partial<ModelDraft>) => change(changeModel(values));
  const apps = [...new Set(modelNames.map((name) => name.split('.', 1)[0] ?? ''))];
  return (
    <Box component="section" aria-label={text('designer.model')} sx={{ mb: 3 }}>
      <Typography variant="h2" sx={{ mb: 1.5 }}>
        {text('designer.model')}
      </Typography>
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' } }}
      >
        <Autocomplete
          freeSolo
          options={apps}
          inputValue={draft.app}
          onInputChange={(_, app) => set({ app })}
          renderInput={(params) => (
            <TextField
              {...params}
              required
              label={text('designer.app')}
              error={mistakes.has('app')}
              helperText={mistakes.get('app') ?? text('designer.appHelp')}
              slotProps={{ htmlInput: { ...params.inputProps, 'data-path': 'app' } }}
            />
          )}
        />
        <TextInput
          path="name"
          label={text('designer.name')}
          value={draft.name}
          onChange={(name) => set({ name })}
          help={text('designer.nameHelp')}
          mistake={mistakes.get('name')}
          required
          autoFocus={!isStored}
        />
        <TextInput
          path="verboseName"
          label={text('designer.label')}
          value={draft.verboseName}
          placeholder={humanize(draft.name)}
          onChange={(verboseName) => set({ verboseName })}
          help={text('designer.labelHelp')}
          mistake={mistakes.get('verboseName')}
        />
        <TextField
          select
          label={text('designer.primaryKey')}
          value={draft.primaryKey}
          onChange={({ target }) => set({ primaryKey: target.value })}
          disabled={isStored}
          sx={{ '& .MuiFormHelperText-root.Mui-disabled': { color: 'text.secondary' } }}
          error={mistakes.has('primaryKey')}
          helperText={mistakes.get('primaryKey') ?? (isStored ? text('designer.primaryKeyFixed') : undefined)}
        >
          {KEYS.map((key) => (
            <MenuItem key={key} value={key}>
              {text(`designer.keys.${key}`)}
            </MenuItem>
          ))}
        </TextField>
        <TextInput
          path="description"
          label={text('designer.note')}
          value={draft.description}
          onChange={(description) => set({ description })}
          help={text('designer.noteHelp')}
          mistake={mistakes.get('description')}
          multiline
        />
        <CheckInput
          path="admin"
          label={text('designer.admin')}
          value={draft.admin}
          onChange={(admin) => set({ admin })}
          mistake={mistakes.get('admin')}
        />
      </Box>
    </Box>
  );
};

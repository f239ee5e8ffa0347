import { Box } from '@mui/material';
import { useText } from '../../../texts/use-text.js';
import { CheckInput } from '../check-input.js';
import { useDesigner } from '../designer-context.js';
import { changeField, retype } from '../draft/draft-change.js';
import type { FieldDraft } from '../draft/model-draft.js';
import type { MistakesAt } from '../mistakes.js';
import { humanize } from '../stored/humanize.js';
import { TextInput } from '../text-input.js';
import { ChoicesEditor } from './choices-editor.js';
import { DefaultInput } from './default-input.js';
import { OptionsForm } from './options-form.js';
import { RelatedModelInput } from './related-model-input.js';
import { TypePicker } from './type-picker.js';

interface FieldEditorProps {
  readonly field: FieldDraft;
  readonly mistakes: MistakesAt;
  /** Its name is what somebody wants to type next. */
  readonly isAdded: boolean;
}

const GRID = {
  display: 'grid',
  gap: 2,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
};

/** All that can be said about a field. */
export const FieldEditor = ({ field, mistakes, isAdded }: FieldEditorProps) => {
  const text = useText();
  const { types, change } = useDesigner();
  const type = types.find(({ name }) => name === field.type);
  const set = (values: Partial<FieldDraft>) => change(changeField(field.key, values));
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      <Box sx={GRID}>
        <TextInput
          path="name"
          label={text('designer.name')}
          value={field.name}
          onChange={(name) => set({ name })}
          mistake={mistakes.get('name')}
          required
          autoFocus={isAdded && field.name === ''}
        />
        <TextInput
          path="verboseName"
          label={text('designer.label')}
          value={field.verboseName}
          placeholder={humanize(field.name)}
          onChange={(verboseName) => set({ verboseName })}
          mistake={mistakes.get('verboseName')}
        />
        <TypePicker
          value={field.type}
          onChange={(next) => set(retype(field, type, next))}
          mistake={mistakes.get('type')}
        />
        {type?.isRelation === true && (
          <RelatedModelInput
            value={field.relatedModel}
            onChange={(relatedModel) => set({ relatedModel })}
            mistake={mistakes.get('relatedModel')}
          />
        )}
        {type?.allowsDefault !== false && (
          <DefaultInput field={field} onChange={(value) => set({ default: value })} mistake={mistakes.get('default')} />
        )}
        <TextInput
          path="help"
          label={text('designerFields.help')}
          value={field.help}
          onChange={(help) => set({ help })}
          help={text('designerFields.helpHelp')}
          mistake={mistakes.get('help')}
        />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, alignItems: 'flex-start' }}>
        <CheckInput
          path="required"
          label={text('designerFields.required')}
          value={field.required}
          onChange={(required) => set({ required })}
          mistake={mistakes.get('required')}
        />
        <CheckInput
          path="unique"
          label={text('designerFields.unique')}
          value={field.unique}
          onChange={(unique) => set({ unique })}
          mistake={mistakes.get('unique')}
        />
        <CheckInput
          path="uniqueTogether"
          label={text('designerFields.together')}
          value={field.group !== null}
          onChange={(isTogether) => set({ group: isTogether ? '' : null })}
          mistake={mistakes.get('uniqueTogether')}
        />
        {field.group !== null && (
          <Box sx={{ flexBasis: 240 }}>
            <TextInput
              path="uniqueTogether.group"
              label={text('designerFields.group')}
              value={field.group}
              onChange={(group) => set({ group })}
              help={text('designerFields.groupHelp')}
            />
          </Box>
        )}
      </Box>
      {type?.isRelation !== true && (
        <ChoicesEditor
          choices={field.choices}
          isNeeded={type?.needsChoices === true}
          onChange={(choices) => set({ choices })}
          mistake={mistakes.get('choices')}
        />
      )}
      <OptionsForm type={type} options={field.options} onChange={(options) => set({ options })} mistakes={mistakes} />
      <TextInput
        path="description"
        label={text('designer.note')}
        value={field.description}
        onChange={(description) => set({ description })}
        help={text('designer.noteHelp')}
        mistake={mistakes.get('description')}
        multiline
      />
    </Box>
  );
};

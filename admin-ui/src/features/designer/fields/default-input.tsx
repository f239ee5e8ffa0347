import { Box } from '@mui/material';
import type { Json } from '../../../api/json.js';
import { widgetOf } from '../../../fields/widgets.js';
import { useText } from '../../../texts/use-text.js';
import { CheckInput } from '../check-input.js';
import { useDesigner } from '../designer-context.js';
import { defaultField } from '../draft/default-field.js';
import { isComputed } from '../draft/default-value.js';
import type { FieldDraft } from '../draft/model-draft.js';

interface DefaultInputProps {
  readonly field: FieldDraft;
  readonly onChange: (value: Json) => void;
  readonly mistake: string | undefined;
}

/** What new records get where none is given: asked for as a record would ask for it, or computed. */
export const DefaultInput = ({ field, onChange, mistake }: DefaultInputProps) => {
  const text = useText();
  const { types } = useDesigner();
  const type = types.find(({ name }) => name === field.type);
  const [word] = type?.defaultFunctions ?? [];
  const isWord = isComputed(field.default, type);
  const descriptor = defaultField(field, types);
  const { Input } = widgetOf(descriptor);
  return (
    <Box data-path="default" tabIndex={-1}>
      {!isWord && (
        <Input
          key={descriptor.widget}
          field={descriptor}
          label={text('designerFields.default')}
          value={field.default}
          onChange={onChange}
          error={mistake}
          help={text('designerFields.defaultHelp')}
        />
      )}
      {word !== undefined && (
        <CheckInput
          path="default.computed"
          label={text('designerFields.computed', { word })}
          value={isWord}
          onChange={(isOn) => onChange(isOn ? word : null)}
          mistake={isWord ? mistake : undefined}
        />
      )}
    </Box>
  );
};

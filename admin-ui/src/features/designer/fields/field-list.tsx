import Add from '@mui/icons-material/Add';
import { Box, Button, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { useText } from '../../../texts/use-text.js';
import { useDesigner } from '../designer-context.js';
import { addField, moveField, removeField } from '../draft/draft-change.js';
import { type FieldDraft, newField } from '../draft/model-draft.js';
import { mistakesOf, type PlacedMistakes } from '../mistakes.js';
import { FieldRow } from './field-row.js';

interface FieldListProps {
  readonly fields: readonly FieldDraft[];
  readonly mistakes: PlacedMistakes;
}

/** The fields of a model: one line each, which opens to be edited; to be put in another order by mouse or keyboard. */
export const FieldList = ({ fields, mistakes }: FieldListProps) => {
  const text = useText();
  const { change } = useDesigner();
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(fields.filter(({ id }) => id === undefined).map(({ key }) => key)),
  );
  const [added, setAdded] = useState<string>();
  const [said, setSaid] = useState('');
  const dragged = useRef<string>(undefined);
  const nameOf = ({ name }: FieldDraft) => name || text('designerFields.unnamed');

  const [seen, setSeen] = useState(mistakes);
  if (seen !== mistakes) {
    setSeen(mistakes);
    // What is wrong must be in sight.
    setOpen(new Set([...open, ...mistakes.fields.keys()]));
  }

  const setShown = (key: string, isShown: boolean) =>
    setOpen((before) => new Set(isShown ? [...before, key] : [...before].filter((other) => other !== key)));
  const add = () => {
    const field = newField();
    change(addField(field));
    setShown(field.key, true);
    setAdded(field.key);
  };
  const move = (field: FieldDraft, to: number) => {
    if (to < 0 || to >= fields.length) return;
    change(moveField(field.key, to));
    setSaid(text('designerFields.moved', { field: nameOf(field), place: to + 1, count: fields.length }));
  };
  const remove = (field: FieldDraft) => {
    change(removeField(field.key));
    setSaid(text('designerFields.removed', { field: nameOf(field) }));
  };
  const dragOver = (place: number) => {
    const field = fields.find(({ key }) => key === dragged.current);
    if (field !== undefined && fields[place] !== field) move(field, place);
  };

  return (
    <Box component="section" aria-label={text('designerFields.title')}>
      <Typography variant="h2" gutterBottom>
        {text('designerFields.title')}
      </Typography>
      {fields.length === 0 && (
        <Typography color="text.secondary" gutterBottom>
          {text('designerFields.none')}
        </Typography>
      )}
      <Box
        component="ol"
        sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1 }}
      >
        {fields.map((field, place) => (
          <FieldRow
            key={field.key}
            field={field}
            name={nameOf(field)}
            isFirst={place === 0}
            isLast={place === fields.length - 1}
            isOpen={open.has(field.key)}
            isAdded={field.key === added}
            mistakes={mistakesOf(mistakes, field.key)}
            onOpen={(isShown) => setShown(field.key, isShown)}
            onMove={(by) => move(field, place + by)}
            onRemove={() => remove(field)}
            onDrag={() => {
              dragged.current = field.key;
            }}
            onDragOver={() => dragOver(place)}
          />
        ))}
      </Box>
      <Box
        aria-live="polite"
        sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}
      >
        {said}
      </Box>
      <Button startIcon={<Add />} variant="outlined" onClick={add} sx={{ mt: 1.5 }}>
        {text('designerFields.add')}
      </Button>
    </Box>
  );
};

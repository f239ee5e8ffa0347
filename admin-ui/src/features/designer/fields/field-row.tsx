import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, ButtonBase, Chip, Collapse, Paper, Typography } from '@mui/material';
import { useId } from 'react';
import { useText } from '../../../texts/use-text.js';
import { useDesigner } from '../designer-context.js';
import type { FieldDraft } from '../draft/model-draft.js';
import type { MistakesAt } from '../mistakes.js';
import { FieldEditor } from './field-editor.js';
import { FieldRowActions } from './field-row-actions.js';

export interface FieldRowProps {
  readonly field: FieldDraft;
  /** What it is called, also when it has no name yet. */
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isOpen: boolean;
  /** Somebody has just asked for it. */
  readonly isAdded: boolean;
  readonly mistakes: MistakesAt;
  readonly onOpen: (isOpen: boolean) => void;
  /** @param by places, down where it is positive */
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
  readonly onDrag: () => void;
  readonly onDragOver: () => void;
}

const Properties = ({ field }: { readonly field: FieldDraft }) => {
  const text = useText();
  const said = [
    ...(field.required ? [text('designerFields.required')] : []),
    ...(field.unique ? [text('designerFields.unique')] : []),
  ];
  return said.map((label) => (
    <Chip key={label} size="small" variant="outlined" label={label} sx={{ display: { xs: 'none', sm: 'flex' } }} />
  ));
};

/** A field: its line, and below it, when it is open, all that can be said about it. */
export const FieldRow = (props: FieldRowProps) => {
  const { field, name, isOpen, isAdded, mistakes, onOpen, onDragOver } = props;
  const { types } = useDesigner();
  const id = useId();
  const type = types.find((known) => known.name === field.type);
  const isWrong = mistakes.size > 0;
  return (
    <Paper
      component="li"
      variant="outlined"
      data-field={field.key}
      onDragOver={(event) => {
        event.preventDefault();
        onDragOver();
      }}
      sx={{ borderColor: isWrong ? 'error.main' : 'divider' }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', pr: 0.5 }}>
        <ButtonBase
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => onOpen(!isOpen)}
          sx={{
            flexGrow: 1,
            minWidth: 0,
            justifyContent: 'flex-start',
            textAlign: 'left',
            gap: 1,
            p: 1,
            borderRadius: 1,
          }}
        >
          <ExpandMore sx={{ transform: isOpen ? 'none' : 'rotate(-90deg)', color: 'text.secondary' }} />
          <Box sx={{ minWidth: 0, flexGrow: 1 }}>
            <Typography noWrap sx={{ fontWeight: 600, color: isWrong ? 'error.main' : 'text.primary' }}>
              {name}
            </Typography>
            <Typography noWrap variant="body2" color="text.secondary">
              {[type?.label ?? field.type, field.relatedModel].filter((part) => part !== '').join(' → ')}
            </Typography>
          </Box>
          <Properties field={field} />
        </ButtonBase>
        <FieldRowActions {...props} />
      </Box>
      <Collapse in={isOpen} unmountOnExit id={id}>
        <Box sx={{ px: { xs: 1.5, sm: 2 }, pb: 2, pt: 1 }}>
          <FieldEditor field={field} mistakes={mistakes} isAdded={isAdded} />
        </Box>
      </Collapse>
    </Paper>
  );
};

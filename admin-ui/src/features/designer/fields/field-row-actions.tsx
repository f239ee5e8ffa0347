import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import DragIndicator from '@mui/icons-material/DragIndicator';
import { IconButton } from '@mui/material';
import type { KeyboardEvent } from 'react';
import { useText } from '../../../texts/use-text.js';
import type { FieldRowProps } from './field-row.js';

type FieldRowActionsProps = Pick<FieldRowProps, 'name' | 'isFirst' | 'isLast' | 'onMove' | 'onRemove' | 'onDrag'>;

const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowUp', -1],
  ['ArrowDown', 1],
]);

/** Puts a field in another place, or takes it away. */
export const FieldRowActions = ({ name, isFirst, isLast, onMove, onRemove, onDrag }: FieldRowActionsProps) => {
  const text = useText();
  const moveByKey = (event: KeyboardEvent) => {
    const step = STEPS.get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    onMove(step);
  };
  return (
    <>
      <IconButton
        size="small"
        draggable
        onDragStart={onDrag}
        onKeyDown={moveByKey}
        aria-label={text('designerFields.drag', { field: name })}
        sx={{ cursor: 'grab', display: { xs: 'none', sm: 'inline-flex' } }}
      >
        <DragIndicator fontSize="small" />
      </IconButton>
      <IconButton
        size="small"
        disabled={isFirst}
        onClick={() => onMove(-1)}
        aria-label={text('designerFields.up', { field: name })}
      >
        <ArrowUpward fontSize="small" />
      </IconButton>
      <IconButton
        size="small"
        disabled={isLast}
        onClick={() => onMove(1)}
        aria-label={text('designerFields.down', { field: name })}
      >
        <ArrowDownward fontSize="small" />
      </IconButton>
      <IconButton size="small" onClick={onRemove} aria-label={text('designerFields.remove', { field: name })}>
        <DeleteOutline fontSize="small" />
      </IconButton>
    </>
  );
};

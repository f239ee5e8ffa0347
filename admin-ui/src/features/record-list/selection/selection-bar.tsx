import Close from '@mui/icons-material/Close';
import { Box, Button, IconButton, Paper } from '@mui/material';
import { useListContext } from 'react-admin';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { countOf } from '../../../records/bulk-requests.js';
import { useText } from '../../../texts/use-text.js';
import { DeleteSelected } from './delete-selected.js';
import { SetSelected } from './set-selected.js';
import { settableFields } from './settable-fields.js';
import type { Selection } from './use-selection.js';

interface SelectionBarProps {
  readonly model: ModelDescriptor;
  readonly selection: Selection;
}

/** What can be done with the records that are selected; it stays in sight at the foot of the list. */
export const SelectionBar = ({ model, selection }: SelectionBarProps) => {
  const text = useText();
  const { total } = useListContext();
  const { target, isAll } = selection;
  const count = target === undefined ? 0 : countOf(target);
  const done = { model, target, onDone: selection.clear };
  return (
    <Paper
      component="section"
      elevation={6}
      aria-label={text('selection.label')}
      hidden={count === 0}
      sx={{
        position: 'sticky',
        bottom: 8,
        zIndex: 'mobileStepper',
        mt: 1,
        p: 1,
        pl: 2,
        display: count === 0 ? 'none' : 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1,
        border: 1,
        borderColor: 'primary.main',
        // It is always in sight, so that no focus has to scroll there.
        '& button': { scrollMarginBottom: '-104px' },
      }}
    >
      <Box role="status" sx={{ fontWeight: 600, mr: 'auto' }}>
        {text('selection.count', { smart_count: count })}
      </Box>
      {!isAll && (total === undefined || total > count) && (
        <Button size="small" onClick={() => void selection.selectAll()}>
          {total === undefined ? text('selection.allOfMany') : text('selection.all', { smart_count: total })}
        </Button>
      )}
      {settableFields(model).length > 0 && <SetSelected {...done} />}
      {model.permissions.delete && <DeleteSelected {...done} />}
      <IconButton size="small" aria-label={text('selection.clear')} onClick={selection.clear}>
        <Close fontSize="small" />
      </IconButton>
    </Paper>
  );
};

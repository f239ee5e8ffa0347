import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import ViewColumn from '@mui/icons-material/ViewColumn';
import { Box, Button, Checkbox, FormControlLabel, IconButton, Popover, Typography } from '@mui/material';
import { useId, useState } from 'react';
import type { FieldDescriptor } from '../../../models/model-descriptor.js';
import { useText } from '../../../texts/use-text.js';
import type { Columns } from './use-columns.js';

/** The list with one of its items moved by one place, forward or back. */
const moved = <Item,>(items: readonly Item[], item: Item, by: 1 | -1): readonly Item[] => {
  const place = items.indexOf(item);
  const others = items.filter((each) => each !== item);
  return others.toSpliced(Math.max(0, place + by), 0, item);
};

interface ColumnLineProps {
  readonly field: FieldDescriptor;
  readonly columns: Columns;
}

const ColumnLine = ({ field, columns: { chosen, choose } }: ColumnLineProps) => {
  const text = useText();
  const place = chosen.indexOf(field);
  const isChosen = place >= 0;
  const toggle = () => choose(isChosen ? chosen.filter((each) => each !== field) : [...chosen, field]);
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center' }}>
      <FormControlLabel
        sx={{ flexGrow: 1, mr: 2, minWidth: 0 }}
        control={
          <Checkbox size="small" checked={isChosen} disabled={isChosen && chosen.length === 1} onChange={toggle} />
        }
        label={field.verboseName}
      />
      {isChosen && (
        <>
          <IconButton
            size="small"
            disabled={place === 0}
            aria-label={text('columns.up', { field: field.verboseName })}
            onClick={() => choose(moved(chosen, field, -1))}
          >
            <ArrowUpward fontSize="inherit" />
          </IconButton>
          <IconButton
            size="small"
            disabled={place === chosen.length - 1}
            aria-label={text('columns.down', { field: field.verboseName })}
            onClick={() => choose(moved(chosen, field, 1))}
          >
            <ArrowDownward fontSize="inherit" />
          </IconButton>
        </>
      )}
    </Box>
  );
};

/** Where people choose the columns of a list, and their order. */
export const ColumnMenu = ({ columns }: { readonly columns: Columns }) => {
  const text = useText();
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        startIcon={<ViewColumn />}
        aria-haspopup="dialog"
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        {text('columns.title')}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-labelledby': id, sx: { p: 2, minWidth: 280, maxHeight: '70vh' } } }}
      >
        <Typography id={id} variant="h3" component="h2" gutterBottom>
          {text('columns.choose')}
        </Typography>
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {[...columns.chosen, ...columns.others].map((field) => (
            <ColumnLine key={field.id} field={field} columns={columns} />
          ))}
        </Box>
        <Button size="small" onClick={columns.reset} sx={{ mt: 1 }}>
          {text('columns.reset')}
        </Button>
      </Popover>
    </>
  );
};

import { MenuItem, TextField } from '@mui/material';
import { useListContext } from 'react-admin';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { useText } from '../../texts/use-text.js';
import { sortPath } from './columns/column.js';

const ORDERS = ['ASC', 'DESC'] as const;

/** What to sort by where there are no columns to click on. */
export const SortMenu = ({ columns }: { readonly columns: readonly FieldDescriptor[] }) => {
  const text = useText();
  const { sort, setSort } = useListContext();
  const offered = columns.flatMap((field) => {
    const path = sortPath(field);
    return path === undefined
      ? []
      : ORDERS.map((order) => ({ path, order, label: text(`list.${order}`, { field: field.verboseName }) }));
  });
  const current = `${sort.field}:${sort.order}`;
  const isOffered = offered.some(({ path, order }) => `${path}:${order}` === current);
  return (
    <TextField
      select
      label={text('list.sort')}
      value={isOffered ? current : ''}
      onChange={({ target }) => {
        const chosen = offered.find(({ path, order }) => `${path}:${order}` === target.value);
        if (chosen !== undefined) setSort({ field: chosen.path, order: chosen.order });
      }}
      sx={{ mb: 2 }}
    >
      {offered.map(({ path, order, label }) => (
        <MenuItem key={label} value={`${path}:${order}`}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
};

import { TableCell, TableSortLabel } from '@mui/material';
import { useListContext } from 'react-admin';
import { widgetOf } from '../../fields/widgets.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { sortPath } from './columns/column.js';

/** Figures stand below each other at the right. */
export const alignOf = (field: FieldDescriptor) => (widgetOf(field).isFigure ? 'right' : 'left');

/** The name of a column, which sorts by it. */
export const HeadCell = ({ field }: { readonly field: FieldDescriptor }) => {
  const { sort, setSort } = useListContext();
  const path = sortPath(field);
  const direction = sort.field === path && sort.order === 'DESC' ? 'desc' : 'asc';
  const isSorted = path !== undefined && sort.field === path;
  return (
    <TableCell align={alignOf(field)} sortDirection={isSorted ? direction : false}>
      {path === undefined ? (
        field.verboseName
      ) : (
        <TableSortLabel
          active={isSorted}
          direction={direction}
          onClick={() => setSort({ field: path, order: isSorted && direction === 'asc' ? 'DESC' : 'ASC' })}
        >
          {field.verboseName}
        </TableSortLabel>
      )}
    </TableCell>
  );
};

import { TableCell, TableRow } from '@mui/material';
import type { MouseEvent } from 'react';
import type { RaRecord } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { recordPaths } from '../../models/record-paths.js';
import { cellOf } from './editing/cell-focus.js';
import type { CellEditing } from './editing/use-cell-editing.js';
import { alignOf } from './head-cell.js';
import { RecordCell } from './record-cell.js';
import { RecordLink } from './record-link.js';
import { SelectBox } from './selection/select-box.js';
import type { Selection } from './selection/use-selection.js';

interface RecordRowProps extends Pick<CellEditing, 'cellProps'> {
  readonly model: ModelDescriptor;
  readonly columns: readonly FieldDescriptor[];
  readonly record: RaRecord;
  readonly selection: Selection | undefined;
}

/** What gets the focus by a click is not left by it. */
const isForCell = ({ target }: MouseEvent): boolean =>
  cellOf(target) !== null || (target instanceof Element && target.closest('[data-select]') !== null);

/** A record as a line of a table. It has a link for the keyboard; the mouse may click on all that cannot be changed. */
export const RecordRow = ({ model, columns, record, selection, cellProps }: RecordRowProps) => {
  const navigate = useNavigate();
  const isLink = ({ name }: FieldDescriptor) => name === (model.display ?? 'id');
  const isSelected = selection?.of([record]) === 'all';
  return (
    <TableRow
      hover
      selected={isSelected}
      onClick={(event) => {
        if (!isForCell(event)) void navigate(recordPaths.edit(model.path, record.id));
      }}
      sx={{ cursor: 'pointer', '&:last-child td': { borderBottom: 0 } }}
    >
      {selection !== undefined && (
        <TableCell padding="checkbox" data-select sx={{ cursor: 'default' }}>
          <SelectBox model={model} selection={selection} record={record} />
        </TableCell>
      )}
      {!columns.some(isLink) && (
        <TableCell>
          <RecordLink model={model} record={record} />
        </TableCell>
      )}
      {columns.map((field) => (
        <TableCell
          key={field.id}
          align={alignOf(field)}
          {...cellProps(record, field)}
          sx={{
            maxWidth: 360,
            fontVariantNumeric: 'tabular-nums',
            '&[data-field]': { cursor: 'cell' },
            '&:focus': { outline: 2, outlineStyle: 'solid', outlineColor: 'primary.main', outlineOffset: -2 },
          }}
        >
          {isLink(field) ? <RecordLink model={model} record={record} /> : <RecordCell field={field} record={record} />}
        </TableCell>
      ))}
    </TableRow>
  );
};

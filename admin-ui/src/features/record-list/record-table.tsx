import { Paper, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, TableSortLabel } from '@mui/material';
import { type RaRecord, useListContext } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { widgetOf } from '../../fields/widgets.js';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { recordPaths } from '../../models/record-paths.js';
import { useText } from '../../texts/use-text.js';
import { sortPath } from './columns/column.js';
import { RecordCell } from './record-cell.js';
import { RecordLink } from './record-link.js';

interface RecordTableProps {
  readonly model: ModelDescriptor;
  readonly columns: readonly FieldDescriptor[];
  readonly records: readonly RaRecord[];
}

const alignOf = (field: FieldDescriptor) => (widgetOf(field).isFigure ? 'right' : 'left');

const HeadCell = ({ field }: { readonly field: FieldDescriptor }) => {
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

/** Records as lines of a table. Each has a link for the keyboard; the mouse may click anywhere. */
export const RecordTable = ({ model, columns, records }: RecordTableProps) => {
  const text = useText();
  const navigate = useNavigate();
  const isLink = ({ name }: FieldDescriptor) => name === (model.display ?? 'id');
  const hasLink = columns.some(isLink);
  return (
    <TableContainer
      component={Paper}
      variant="outlined"
      tabIndex={0}
      role="region"
      aria-label={text('list.records', { model: model.verboseName })}
    >
      <Table size="small">
        <TableHead>
          <TableRow>
            {!hasLink && <TableCell>{model.verboseName}</TableCell>}
            {columns.map((field) => (
              <HeadCell key={field.id} field={field} />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {records.map((record) => (
            <TableRow
              key={record.id}
              hover
              onClick={() => void navigate(recordPaths.edit(model.path, record.id))}
              sx={{ cursor: 'pointer', '&:last-child td': { borderBottom: 0 } }}
            >
              {!hasLink && (
                <TableCell>
                  <RecordLink model={model} record={record} />
                </TableCell>
              )}
              {columns.map((field) => (
                <TableCell
                  key={field.id}
                  align={alignOf(field)}
                  sx={{ maxWidth: 360, fontVariantNumeric: 'tabular-nums' }}
                >
                  {isLink(field) ? (
                    <RecordLink model={model} record={record} />
                  ) : (
                    <RecordCell field={field} record={record} />
                  )}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};

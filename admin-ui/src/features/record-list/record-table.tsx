import { Paper, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import { useId } from 'react';
import type { RaRecord } from 'react-admin';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { useText } from '../../texts/use-text.js';
import { CellEditor } from './editing/cell-editor.js';
import { isEditable, useCellEditing } from './editing/use-cell-editing.js';
import { HeadCell } from './head-cell.js';
import { RecordRow } from './record-row.js';
import { SelectPageBox } from './selection/select-box.js';
import type { Selection } from './selection/use-selection.js';

interface RecordTableProps {
  readonly model: ModelDescriptor;
  readonly columns: readonly FieldDescriptor[];
  readonly records: readonly RaRecord[];
  /** Undefined where nothing can be done with many records. */
  readonly selection: Selection | undefined;
}

/** Records as lines of a table, whose cells can be changed where they are. */
export const RecordTable = ({ model, columns, records, selection }: RecordTableProps) => {
  const text = useText();
  const id = useId();
  const editable = columns.filter((field) => isEditable(model, field));
  const editing = useCellEditing(records, editable);
  const { edited } = editing;
  const hasLink = columns.some(({ name }) => name === (model.display ?? 'id'));
  return (
    <>
      <TableContainer
        component={Paper}
        variant="outlined"
        tabIndex={0}
        role="region"
        aria-label={text('list.records', { model: model.verboseName })}
        {...(editable.length > 0 && { 'aria-describedby': id })}
      >
        <Table size="small">
          <TableHead>
            <TableRow>
              {selection !== undefined && (
                <TableCell component="td" padding="checkbox">
                  <SelectPageBox selection={selection} records={records} />
                </TableCell>
              )}
              {!hasLink && <TableCell>{model.verboseName}</TableCell>}
              {columns.map((field) => (
                <HeadCell key={field.id} field={field} />
              ))}
            </TableRow>
          </TableHead>
          <TableBody {...editing.tableProps}>
            {records.map((record) => (
              <RecordRow
                key={record.id}
                model={model}
                columns={columns}
                record={record}
                selection={selection}
                cellProps={editing.cellProps}
              />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {editable.length > 0 && (
        <span id={id} hidden>
          {text('cells.hint')}
        </span>
      )}
      {edited !== undefined && (
        <CellEditor key={`${edited.record.id} ${edited.field.id}`} model={model} edited={edited} editing={editing} />
      )}
    </>
  );
};

import { type FocusEvent, type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { RaRecord } from 'react-admin';
import { widgetOf } from '../../../fields/widgets.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';
import { cellAt, cellBeside, cellOf } from './cell-focus.js';

/** A cell that is being changed. */
export interface EditedCell {
  readonly record: RaRecord;
  readonly field: FieldDescriptor;
  readonly element: HTMLTableCellElement;
}

/** Whether a field can be changed in a list. */
export const isEditable = ({ permissions }: ModelDescriptor, field: FieldDescriptor): boolean =>
  permissions.change && field.permissions.change && !field.isInverse && widgetOf(field).isInline === true;

/**
 * Goes about a table by keyboard and opens cells. One cell at a time is reached by Tab, so that a table is no long way; the
 * arrow keys lead to the others.
 */
export const useCellEditing = (records: readonly RaRecord[], fields: readonly FieldDescriptor[]) => {
  const [edited, setEdited] = useState<EditedCell>();
  const [reached, setReached] = useState<string>();
  const keyOf = (record: RaRecord, field: FieldDescriptor) => `${record.id} ${field.id}`;
  const [firstRecord, firstField] = [records[0], fields[0]];
  const first = firstRecord && firstField && keyOf(firstRecord, firstField);
  const isThere = records.some((record) => fields.some((field) => keyOf(record, field) === reached));
  const current = isThere ? reached : first;

  const open = (element: HTMLTableCellElement | null | undefined): boolean => {
    const { record: id, field: fieldId } = element?.dataset ?? {};
    const record = records.find((each) => String(each.id) === id);
    const field = fields.find((each) => each.id === fieldId);
    if (element == null || record === undefined || field === undefined) return false;
    element.focus();
    setEdited({ record, field, element });
    return true;
  };

  const press = (event: KeyboardEvent) => {
    const cell = cellOf(event.target);
    if (cell === null || event.altKey || event.ctrlKey || event.metaKey) return;
    // On a link in a cell, Enter follows it.
    const isCell = event.target === cell;
    if (event.key === 'F2' || (event.key === 'Enter' && isCell)) {
      event.preventDefault();
      open(cell);
    }
    const next = isCell ? cellAt(cell, event.key) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };

  return {
    edited,
    close: () => setEdited(undefined),
    /** Opens the cell beside the one that is open; closes where there is none. */
    goOn(step: 1 | -1): void {
      if (edited === undefined || !open(cellBeside(edited.element, step))) setEdited(undefined);
    },
    /** Of a cell that can be changed. */
    cellProps: (record: RaRecord, field: FieldDescriptor) =>
      fields.includes(field)
        ? {
            'data-record': String(record.id),
            'data-field': field.id,
            tabIndex: keyOf(record, field) === current ? 0 : -1,
          }
        : {},
    /** Of the element that the cells are in. */
    tableProps: {
      onKeyDown: press,
      onDoubleClick: (event: MouseEvent) => void open(cellOf(event.target)),
      onFocus(event: FocusEvent): void {
        const { record, field } = cellOf(event.target)?.dataset ?? {};
        if (record !== undefined) setReached(`${record} ${field}`);
      },
    },
  };
};

export type CellEditing = ReturnType<typeof useCellEditing>;

import { isEmpty } from '../../fields/widget.js';
import { widgetOf } from '../../fields/widgets.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import type { RaRecord } from 'react-admin';
import { valueOf } from '../../records/stored-record.js';

interface RecordCellProps {
  readonly field: FieldDescriptor;
  readonly record: RaRecord;
}

/** A value of a record in a list; nothing where there is none. */
export const RecordCell = ({ field, record }: RecordCellProps) => {
  const { Cell } = widgetOf(field);
  const value = valueOf(record, field.name);
  return isEmpty(value) ? null : <Cell field={field} value={value} />;
};

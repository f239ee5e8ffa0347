import Edit from '@mui/icons-material/Edit';
import Visibility from '@mui/icons-material/Visibility';
import { IconButton, Link } from '@mui/material';
import type { RaRecord } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { PlainList } from '../../../components/plain-list.js';
import { isEmpty } from '../../../fields/widget.js';
import { widgetOf } from '../../../fields/widgets.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';
import { recordPaths } from '../../../models/record-paths.js';
import { recordTitle } from '../../../models/record-title.js';
import { useRecordWindows } from '../../../models/record-windows.js';
import { valueOf } from '../../../records/stored-record.js';
import { useText } from '../../../texts/use-text.js';
import { DeleteButton } from '../delete-button.js';
import { firstFields } from './inverse-query.js';

interface InverseTableProps {
  readonly model: ModelDescriptor;
  readonly pointing: FieldDescriptor;
  readonly label: string;
  readonly records: readonly RaRecord[];
}

const columnOf = (field: FieldDescriptor) => ({
  label: field.verboseName,
  cell: (record: RaRecord) => {
    const { Cell } = widgetOf(field);
    const value = valueOf(record, field.name);
    return isEmpty(value) ? undefined : <Cell field={field} value={value} />;
  },
});

/** Records that point to another one, each to be opened, changed at the side, and deleted. */
export const InverseTable = ({ model, pointing, label, records }: InverseTableProps) => {
  const text = useText();
  const windows = useRecordWindows();
  const { path, permissions } = model;
  const title = {
    label: model.fields.find(({ name }) => name === model.display)?.verboseName ?? model.verboseName,
    cell: (record: RaRecord) => (
      <Link component={RouterLink} to={recordPaths.edit(path, record.id)} underline="hover" sx={{ fontWeight: 600 }}>
        {recordTitle(model, record, text)}
      </Link>
    ),
  };
  const actions = (record: RaRecord) => (
    <>
      <IconButton
        size="small"
        aria-label={text(permissions.change ? 'related.edit' : 'related.open', {
          record: recordTitle(model, record, text),
        })}
        onClick={() => windows.show(path, record.id)}
      >
        {permissions.change ? <Edit fontSize="small" /> : <Visibility fontSize="small" />}
      </IconButton>
      {permissions.delete && <DeleteButton model={model} record={record} isSmall />}
    </>
  );
  return (
    <PlainList
      label={text('list.records', { model: label })}
      rows={records}
      keyOf={({ id }) => String(id)}
      columns={[title, ...firstFields(model, pointing).map(columnOf)]}
      actions={actions}
    />
  );
};

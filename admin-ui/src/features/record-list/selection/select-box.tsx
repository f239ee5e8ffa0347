import { Checkbox } from '@mui/material';
import type { RaRecord } from 'react-admin';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { recordTitle } from '../../../models/record-title.js';
import { useText } from '../../../texts/use-text.js';
import type { Selection } from './use-selection.js';

interface SelectBoxProps {
  readonly model: ModelDescriptor;
  readonly selection: Selection;
  readonly record: RaRecord;
}

/** Selects a record. */
export const SelectBox = ({ model, selection, record }: SelectBoxProps) => {
  const text = useText();
  return (
    <Checkbox
      size="small"
      checked={selection.of([record]) === 'all'}
      onChange={() => selection.toggle(record)}
      slotProps={{ input: { 'aria-label': text('selection.one', { record: recordTitle(model, record, text) }) } }}
    />
  );
};

interface SelectPageBoxProps {
  readonly selection: Selection;
  readonly records: readonly RaRecord[];
}

/** Selects all records that are shown. */
export const SelectPageBox = ({ selection, records }: SelectPageBoxProps) => {
  const text = useText();
  const selected = selection.of(records);
  return (
    <Checkbox
      size="small"
      checked={selected === 'all'}
      indeterminate={selected === 'some'}
      onChange={() => selection.togglePage(records)}
      slotProps={{ input: { 'aria-label': text('selection.page') } }}
    />
  );
};

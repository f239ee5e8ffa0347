import VerticalSplit from '@mui/icons-material/VerticalSplit';
import { IconButton } from '@mui/material';
import { useRecordWindows } from '../../models/record-windows.js';
import type { RecordId } from '../../records/stored-record.js';
import { useText } from '../../texts/use-text.js';

interface OpenRelatedProps {
  readonly path: string;
  readonly id: RecordId;
  readonly label: string;
}

/** Opens a related record at the side of the page. */
export const OpenRelated = ({ path, id, label }: OpenRelatedProps) => {
  const text = useText();
  const windows = useRecordWindows();
  const name = text('related.open', { record: label });
  return (
    <IconButton
      size="small"
      aria-label={name}
      aria-haspopup="dialog"
      title={name}
      onClick={(event) => {
        event.stopPropagation();
        windows.show(path, id);
      }}
    >
      <VerticalSplit fontSize="small" />
    </IconButton>
  );
};

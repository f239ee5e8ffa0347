import { Chip, type ChipProps } from '@mui/material';
import type { MouseEvent } from 'react';
import { useRecordWindows } from '../../models/record-windows.js';
import type { RecordId } from '../../records/stored-record.js';

interface RelatedChipProps extends Omit<ChipProps, 'onClick'> {
  readonly record: RecordId;
  /** Of its model; null where it cannot be opened. */
  readonly path: string | null;
}

/** One of several related records in an input; opens it at the side of the page. */
export const RelatedChip = ({ record, path, ...props }: RelatedChipProps) => {
  const windows = useRecordWindows();
  if (path === null) return <Chip size="small" {...props} />;
  const open = (event: MouseEvent<HTMLElement>) => {
    event.stopPropagation();
    // The focus comes back to where it is now, and a mouse leaves it elsewhere.
    event.currentTarget.focus();
    windows.show(path, record);
  };
  return <Chip size="small" {...props} onClick={open} aria-haspopup="dialog" />;
};

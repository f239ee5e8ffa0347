import { Link } from '@mui/material';
import type { RaRecord } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { recordPaths } from '../../models/record-paths.js';
import { recordTitle } from '../../models/record-title.js';
import { useText } from '../../texts/use-text.js';

interface RecordLinkProps {
  readonly model: ModelDescriptor;
  readonly record: RaRecord;
}

/** What stands for a record, and the way to it. */
export const RecordLink = ({ model, record }: RecordLinkProps) => {
  const text = useText();
  return (
    <Link
      component={RouterLink}
      to={recordPaths.edit(model.path, record.id)}
      underline="hover"
      sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}
    >
      {recordTitle(model, record, text)}
    </Link>
  );
};

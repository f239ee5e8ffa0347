import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { RelatedRecord } from '../../models/related-record.js';
import { recordPaths } from '../../models/record-paths.js';
import { useText } from '../../texts/use-text.js';

interface RelatedLinkProps {
  readonly record: RelatedRecord;
  /** Of its model; null where it has no page. */
  readonly path: string | null;
}

/** A related record, and the way to it. */
export const RelatedLink = ({ record, path }: RelatedLinkProps) => {
  const text = useText();
  const label = record.label ?? text('fields.unknownRecord', { id: record.id });
  if (path === null) return label;
  return (
    <Link component={RouterLink} to={recordPaths.edit(path, record.id)} onClick={(event) => event.stopPropagation()}>
      {label}
    </Link>
  );
};

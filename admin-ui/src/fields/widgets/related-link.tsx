import { Box, Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { RelatedRecord } from '../../models/related-record.js';
import { recordPaths } from '../../models/record-paths.js';
import { useModelSummary } from '../../models/use-model-summary.js';
import { useText } from '../../texts/use-text.js';
import { OpenRelated } from './open-related.js';

interface RelatedLinkProps {
  readonly record: RelatedRecord;
  /** Of its model; null where it has no page. */
  readonly path: string | null;
  /** Has a button beside it that opens the record without leaving the page. */
  readonly isOpened?: boolean;
}

/** A related record, and the way to it. */
export const RelatedLink = ({ record, path, isOpened = false }: RelatedLinkProps) => {
  const text = useText();
  const mayView = useModelSummary(path)?.permissions.view ?? false;
  const label = record.label ?? text('fields.unknownRecord', { id: record.id });
  if (path === null || !mayView) return label;
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.25 }}>
      <Link component={RouterLink} to={recordPaths.edit(path, record.id)} onClick={(event) => event.stopPropagation()}>
        {label}
      </Link>
      {isOpened && <OpenRelated path={path} id={record.id} label={label} />}
    </Box>
  );
};

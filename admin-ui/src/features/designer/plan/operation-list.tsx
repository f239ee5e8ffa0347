import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useText } from '../../../texts/use-text.js';
import type { Operation } from '../stored/plan.js';

interface OperationListProps {
  /** The journal does not keep which of them lost something. */
  readonly operations: readonly (Pick<Operation, 'description' | 'sql'> & Partial<Operation>)[];
}

const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

const Statement = ({ sql }: { readonly sql: string }) => (
  <Box
    component="pre"
    tabIndex={0}
    sx={{
      m: 0,
      mt: 0.5,
      p: 1,
      borderRadius: 1,
      bgcolor: 'action.hover',
      fontFamily: MONOSPACE,
      fontSize: 12.5,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    }}
  >
    {sql}
  </Box>
);

/** Steps in sentences, those that lose something in red; their SQL when somebody wants to see it. */
export const OperationList = ({ operations }: OperationListProps) => {
  const text = useText();
  const [isSqlShown, setSqlShown] = useState(false);
  if (operations.length === 0) return null;
  return (
    <>
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
        {operations.map(({ description, destructive = false, rows = 0, rewrites, sql }, place) => (
          <Box
            component="li"
            // A plan may do the same twice, and nothing in the list has a state.
            key={`${place} ${description}`}
            data-destructive={destructive}
            sx={{ pl: 1.5, borderLeft: 3, borderColor: destructive ? 'error.main' : 'divider' }}
          >
            <Typography
              variant="body2"
              color={destructive ? 'error' : 'text.primary'}
              sx={{ overflowWrap: 'anywhere', fontWeight: destructive ? 600 : 400 }}
            >
              {description}.
            </Typography>
            {rewrites !== undefined && rewrites !== 'nothing' && rows > 0 && (
              <Typography variant="caption" color="text.secondary" component="p">
                {text('plan.rows', { smart_count: rows })}
              </Typography>
            )}
            {isSqlShown && sql.map((statement) => <Statement key={statement} sql={statement} />)}
          </Box>
        ))}
      </Box>
      <Button size="small" aria-expanded={isSqlShown} onClick={() => setSqlShown(!isSqlShown)} sx={{ mt: 1 }}>
        {text(isSqlShown ? 'plan.hideSql' : 'plan.showSql')}
      </Button>
    </>
  );
};

import { Box, Link, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { isObject } from '../../api/json.js';
import { Moment } from '../../components/moment.js';
import { useText } from '../../texts/use-text.js';
import type { AuditEntry } from './audit-entry.js';

const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

const Value = ({ value }: { readonly value: unknown }) => {
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value !== 'object') return String(value);
  return (
    <Box component="pre" sx={{ m: 0, fontFamily: MONOSPACE, fontSize: 12, whiteSpace: 'pre-wrap' }}>
      {JSON.stringify(value, null, 2)}
    </Box>
  );
};

/** Pages of what entries name by id; they say so when it is gone. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['user', '/meta/users'],
  ['group', '/meta/groups'],
]);

const Linked = ({ name, value }: { readonly name: string; readonly value: unknown }) => {
  const page = PAGES.get(name);
  if (page === undefined || typeof value !== 'string') return <Value value={value} />;
  return (
    <Link component={RouterLink} to={`${page}/${encodeURIComponent(value)}`}>
      {value}
    </Link>
  );
};

/** Values before and after, one line for each of them. */
const Changes = ({ before, after }: Readonly<Record<'before' | 'after', unknown>>) => {
  const text = useText();
  const old = isObject(before) ? before : {};
  const now = isObject(after) ? after : {};
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return (
    <TableContainer tabIndex={0} role="region" aria-label={text('accounts.details')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{text('accounts.audit.field')}</TableCell>
            {isObject(before) && <TableCell>{text('accounts.audit.before')}</TableCell>}
            {isObject(after) && <TableCell>{text('accounts.audit.after')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {names.map((name) => (
            <TableRow key={name} sx={{ verticalAlign: 'top' }}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              {isObject(before) && (
                <TableCell sx={{ overflowWrap: 'anywhere' }}>
                  <Value value={old[name]} />
                </TableCell>
              )}
              {isObject(after) && (
                <TableCell sx={{ overflowWrap: 'anywhere' }}>
                  <Value value={now[name]} />
                </TableCell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <Typography component="dt" variant="body2" color="text.secondary">
      {name}
    </Typography>
    <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: 'anywhere' }}>
      {children}
    </Typography>
  </>
);

/** Everything that is known of an entry. */
export const AuditDetails = ({ entry }: { readonly entry: AuditEntry }) => {
  const text = useText();
  const { at, model, recordId, address, requestId, details } = entry;
  const { before, after, ...others } = details;
  // Models are shown as they were changed, step by step, which says more than all of their values.
  const isChange = (isObject(before) || isObject(after)) && others['operations'] === undefined;
  return (
    <>
      <Box
        component="dl"
        sx={{ display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: 2, rowGap: 0.5, m: 0, mb: 1 }}
      >
        <Fact name={text('accounts.audit.entry')}>
          <Moment isExact value={at} />
        </Fact>
        {model !== null && <Fact name={text('accounts.audit.model')}>{model}</Fact>}
        {recordId !== null && <Fact name={text('accounts.audit.record')}>{recordId}</Fact>}
        {address !== null && <Fact name={text('accounts.audit.address')}>{address}</Fact>}
        {requestId !== null && <Fact name={text('accounts.audit.request')}>{requestId}</Fact>}
        {Object.entries(others).map(([name, value]) => (
          <Fact key={name} name={name}>
            <Linked name={name} value={value} />
          </Fact>
        ))}
      </Box>
      {isChange && <Changes before={before} after={after} />}
    </>
  );
};

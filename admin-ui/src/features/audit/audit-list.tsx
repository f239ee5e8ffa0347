import ExpandMore from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Box, Typography } from '@mui/material';
import { Moment } from '../../components/moment.js';
import { useText } from '../../texts/use-text.js';
import { AuditDetails } from './audit-details.js';
import { actionText, type AuditEntry } from './audit-entry.js';

/** What an entry is about, in short. */
const subjectOf = ({ model, recordId, details: { before, after } }: AuditEntry): string => {
  const of = [after, before].find(
    (value): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null,
  );
  const named = of?.['email'] ?? of?.['name'];
  const own = model === null && typeof named === 'string' ? named : undefined;
  return [own ?? model, recordId === null ? undefined : `#${recordId}`].filter(Boolean).join(' ');
};

const Entry = ({ entry }: { readonly entry: AuditEntry }) => {
  const text = useText();
  const { at, action, by, address } = entry;
  return (
    <Accordion variant="outlined" disableGutters slotProps={{ transition: { unmountOnExit: true } }}>
      <AccordionSummary expandIcon={<ExpandMore />}>
        <Box
          sx={{
            display: 'grid',
            flexGrow: 1,
            columnGap: 2,
            gridTemplateColumns: { xs: '1fr', md: '190px 220px minmax(0, 1fr) minmax(0, 1fr)' },
          }}
        >
          <Typography component="span" variant="body2" color="text.secondary">
            <Moment value={at} />
          </Typography>
          <Typography component="span" variant="body2" sx={{ fontWeight: 600 }}>
            {actionText(action, text)}
          </Typography>
          <Typography component="span" variant="body2" sx={{ overflowWrap: 'anywhere' }}>
            {subjectOf(entry)}
          </Typography>
          <Typography component="span" variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
            {by?.email ?? text(address === null ? 'accounts.audit.program' : 'accounts.audit.nobody')}
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails>
        <AuditDetails entry={entry} />
      </AccordionDetails>
    </Accordion>
  );
};

/** Entries of the audit, one line each, which open. */
export const AuditList = ({ entries }: { readonly entries: readonly AuditEntry[] }) => (
  <Box>
    {entries.map((entry) => (
      <Entry key={entry.id} entry={entry} />
    ))}
  </Box>
);

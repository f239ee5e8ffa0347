import { Box, Button, MenuItem, TextField } from '@mui/material';
import { useSearchParams } from 'react-router-dom';
import { SearchField } from '../../components/search-field.js';
import { toLocal, toMoment } from '../../fields/local-time.js';
import { useModels } from '../../models/use-models.js';
import { useText } from '../../texts/use-text.js';
import { actionText, AUDIT_ACTIONS } from './audit-entry.js';

/** Parameters of the address that say which entries are shown. */
export const AUDIT_FILTERS = ['action', 'user', 'model', 'from', 'to'] as const;

const ANY = '';

/** Which entries are shown. The address keeps it. */
export const AuditFilters = () => {
  const text = useText();
  const { models } = useModels();
  const [search, setSearch] = useSearchParams();
  const valueOf = (name: string) => search.get(name) ?? ANY;
  const set = (name: string, value: string) =>
    setSearch((before) => {
      before.delete('page');
      before.delete(name);
      if (value !== ANY) before.set(name, value);
      return before;
    });
  const isFiltered = AUDIT_FILTERS.some((name) => search.has(name));
  const moment = (name: 'from' | 'to') => (
    <TextField
      type="datetime-local"
      label={text(`accounts.audit.${name}`)}
      value={toLocal(valueOf(name))?.slice(0, 16) ?? ''}
      onChange={({ target }) => set(name, target.value === '' ? ANY : toMoment(target.value))}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
  return (
    <Box
      role="search"
      sx={{
        display: 'grid',
        gap: 1.5,
        mb: 2,
        alignItems: 'center',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(200px, 100%), 1fr))',
      }}
    >
      <SearchField name="user" label={text('accounts.audit.user')} />
      <TextField
        select
        label={text('accounts.audit.action')}
        value={valueOf('action')}
        onChange={({ target }) => set('action', target.value)}
        slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      >
        <MenuItem value={ANY}>{text('accounts.audit.anything')}</MenuItem>
        {AUDIT_ACTIONS.map((action) => (
          <MenuItem key={action} value={action}>
            {actionText(action, text)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={text('accounts.audit.model')}
        value={models.some(({ id }) => id === valueOf('model')) ? valueOf('model') : ANY}
        onChange={({ target }) => set('model', target.value)}
        slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      >
        <MenuItem value={ANY}>{text('accounts.audit.anyModel')}</MenuItem>
        {models.map(({ id, app, verboseName }) => (
          <MenuItem key={id} value={id}>
            {`${verboseName} (${app})`}
          </MenuItem>
        ))}
      </TextField>
      {moment('from')}
      {moment('to')}
      {isFiltered && (
        <Button onClick={() => setSearch({})} sx={{ justifySelf: 'start' }}>
          {text('accounts.audit.clear')}
        </Button>
      )}
    </Box>
  );
};

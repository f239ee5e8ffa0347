import { Box, Checkbox, FormControlLabel, Typography } from '@mui/material';
import { useController } from 'react-hook-form';
import type { Group, Listed } from '../../accounts/account.js';
import { useAccounts } from '../../accounts/use-accounts.js';
import { useText } from '../../texts/use-text.js';
import type { UserValues } from './user-values.js';

/** The groups that a user is in. Nobody is in the one of everybody. */
export const GroupsField = () => {
  const text = useText();
  const groups = useAccounts<Listed<Group>>('meta/groups').data.filter(({ isAnonymous }) => !isAnonymous);
  const { field } = useController<UserValues, 'groups'>({ name: 'groups' });
  const toggle = (group: string, isMember: boolean) => {
    const others = field.value.filter((id) => id !== group);
    field.onChange(isMember ? [...others, group] : others);
  };
  if (groups.length === 0) return <Typography color="text.secondary">{text('accounts.users.noGroups')}</Typography>;
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(200px, 100%), 1fr))' }}>
      {groups.map(({ id, name, isActive }) => (
        <FormControlLabel
          key={id}
          label={isActive ? name : `${name} (${text('accounts.groups.inactive')})`}
          control={
            <Checkbox checked={field.value.includes(id)} onChange={(_event, isMember) => toggle(id, isMember)} />
          }
        />
      ))}
    </Box>
  );
};

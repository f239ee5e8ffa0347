import { Alert } from '@mui/material';
import type { ReactNode } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { EntryForm } from '../../components/entry-form.js';
import { FormField } from '../../components/form-field.js';
import { PasswordField } from '../../components/password-field.js';
import { Section } from '../../components/section.js';
import { SwitchField } from '../../components/switch-field.js';
import { checkDrafts } from '../../permissions/grant-draft.js';
import { PermissionsField } from '../../permissions/permissions-field.js';
import { useText } from '../../texts/use-text.js';
import { GroupsField } from './groups-field.js';
import { userPaths } from './user-paths.js';
import type { UserValues } from './user-values.js';

interface UserFormProps {
  readonly values: UserValues;
  readonly isNew?: boolean;
  readonly onSubmit: (values: UserValues) => Promise<unknown>;
  readonly actions?: ReactNode;
}

/** The form of a user, new or not. */
export const UserForm = ({ values, isNew = false, onSubmit, actions }: UserFormProps) => {
  const text = useText();
  const navigate = useNavigate();
  const form = useForm<UserValues>({ defaultValues: values });
  const [isActive, isSuperuser] = useWatch({ control: form.control, name: ['isActive', 'isSuperuser'] });
  const demoted = values.isSuperuser && !isSuperuser ? 'isSuperuser' : 'isActive';
  return (
    <EntryForm
      form={form}
      onSubmit={onSubmit}
      check={({ permissions }) => checkDrafts(permissions, text)}
      inputs={{ last_superuser: demoted }}
      submit={text('accounts.save')}
      onCancel={() => void navigate(userPaths.list)}
      actions={actions}
    >
      <Section title={text('accounts.users.account')}>
        <FormField<UserValues>
          name="email"
          label={text('accounts.users.email')}
          type="email"
          autoComplete="off"
          autoFocus={isNew}
        />
        <FormField<UserValues> name="name" label={text('accounts.users.name')} isRequired={false} autoComplete="off" />
        {isNew && (
          <PasswordField<UserValues>
            name="password"
            label={text('accounts.users.password')}
            isRequired={false}
            autoComplete="new-password"
            helperText={text('accounts.users.passwordHint')}
          />
        )}
        <SwitchField<UserValues>
          name="isActive"
          label={text('accounts.users.active')}
          hint={text('accounts.users.activeHint')}
        />
        {values.isActive && !isActive && !isNew && (
          <Alert severity="warning">{text('accounts.users.activeWarning')}</Alert>
        )}
        <SwitchField<UserValues>
          name="isSuperuser"
          label={text('accounts.users.superuser')}
          hint={text('accounts.users.superuserHint')}
        />
      </Section>
      {!isSuperuser && (
        <>
          <Section title={text('accounts.users.groups')}>
            <GroupsField />
          </Section>
          <Section title={text('accounts.users.permissions')} hint={text('accounts.users.permissionsHint')}>
            <PermissionsField />
          </Section>
        </>
      )}
    </EntryForm>
  );
};

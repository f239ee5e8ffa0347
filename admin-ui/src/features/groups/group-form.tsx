import { Alert } from '@mui/material';
import type { ReactNode } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { EntryForm } from '../../components/entry-form.js';
import { FormField } from '../../components/form-field.js';
import { Section } from '../../components/section.js';
import { SwitchField } from '../../components/switch-field.js';
import { checkDrafts, type GrantDraft } from '../../permissions/grant-draft.js';
import { PermissionsField } from '../../permissions/permissions-field.js';
import { useText } from '../../texts/use-text.js';
import { groupPaths } from './group-paths.js';

/** What the form of a group asks for. */
export interface GroupValues {
  readonly name: string;
  readonly isActive: boolean;
  readonly permissions: readonly GrantDraft[];
}

/** What everybody may be allowed to do; nobody could be asked about more. */
const PUBLIC_ACTIONS = ['view', 'add'] as const;

interface GroupFormProps {
  readonly values: GroupValues;
  readonly isNew?: boolean;
  /** The group of everybody keeps its name, and is limited in what it grants. */
  readonly isAnonymous?: boolean;
  readonly onSubmit: (values: GroupValues) => Promise<unknown>;
  readonly actions?: ReactNode;
}

/** The form of a group, new or not. */
export const GroupForm = ({ values, isNew = false, isAnonymous = false, onSubmit, actions }: GroupFormProps) => {
  const text = useText();
  const navigate = useNavigate();
  const form = useForm<GroupValues>({ defaultValues: values });
  const isActive = useWatch({ control: form.control, name: 'isActive' });
  return (
    <EntryForm
      form={form}
      onSubmit={onSubmit}
      check={({ permissions }) => checkDrafts(permissions, text)}
      submit={text('accounts.save')}
      onCancel={() => void navigate(groupPaths.list)}
      actions={actions}
    >
      <Section title={text(isAnonymous ? 'accounts.groups.switch' : 'accounts.groups.group')}>
        {!isAnonymous && (
          <FormField<GroupValues>
            name="name"
            label={text('accounts.groups.name')}
            autoComplete="off"
            autoFocus={isNew}
          />
        )}
        <SwitchField<GroupValues>
          name="isActive"
          label={text(isAnonymous ? 'accounts.groups.switch' : 'accounts.groups.active')}
          hint={text(isAnonymous ? 'accounts.groups.everybodyHint' : 'accounts.groups.activeHint')}
        />
        {isAnonymous && isActive && <Alert severity="warning">{text('accounts.groups.publicWarning')}</Alert>}
      </Section>
      <Section title={text('accounts.groups.permissions')}>
        {isAnonymous ? <PermissionsField actions={PUBLIC_ACTIONS} hasSchema={false} /> : <PermissionsField />}
      </Section>
    </EntryForm>
  );
};

import { useForm, useWatch } from 'react-hook-form';
import type { NewApiKey } from '../../accounts/account.js';
import { useForgetAccounts } from '../../accounts/use-accounts.js';
import { useCall } from '../../accounts/use-call.js';
import type { Mistake } from '../../api/api-error.js';
import { EntryForm } from '../../components/entry-form.js';
import { FormField } from '../../components/form-field.js';
import { SwitchField } from '../../components/switch-field.js';
import { PermissionsField } from '../../permissions/permissions-field.js';
import { useSession } from '../../session/use-session.js';
import { useText } from '../../texts/use-text.js';
import { ExpiryFields } from './expiry-fields.js';
import { keyBody, type KeyValues, newKey } from './key-values.js';
import { OwnerField } from './owner-field.js';

export interface NewKeyFormProps {
  /** Where keys are made: `auth/keys` for oneself, `meta/keys` for anybody. */
  readonly path: string;
  /** Email of who is going to have it; undefined for oneself. */
  readonly owner?: string | undefined;
  readonly onMade: (key: NewApiKey) => void;
  readonly onCancel: () => void;
}

/** What is asked for a new key. */
export const NewKeyForm = ({ path, owner, onMade, onCancel }: NewKeyFormProps) => {
  const text = useText();
  const call = useCall();
  const forget = useForgetAccounts();
  const maySchema = useSession()?.maySchema ?? false;
  const form = useForm<KeyValues>({ defaultValues: newKey(owner ?? '') });
  const isLimited = useWatch({ control: form.control, name: 'isLimited' });
  const isForOthers = owner !== undefined;

  const check = (values: KeyValues): readonly Mistake[] =>
    values.isLimited && values.permissions.length === 0
      ? [{ path: 'isLimited', code: 'required', message: text('accounts.keys.limitNothing') }]
      : [];
  const make = async (values: KeyValues) => {
    const { body } = await call(path, { method: 'POST', body: keyBody(values, Date.now()) });
    onMade(body as NewApiKey);
    await forget();
  };
  return (
    <EntryForm
      form={form}
      onSubmit={make}
      check={check}
      inputs={{ user_not_found: 'user' }}
      submit={text('accounts.keys.make')}
      onCancel={onCancel}
    >
      {isForOthers && <OwnerField />}
      <FormField<KeyValues>
        name="name"
        label={text('accounts.keys.name')}
        helperText={text('accounts.keys.nameHint')}
        autoComplete="off"
        autoFocus={!isForOthers}
      />
      <ExpiryFields />
      <SwitchField<KeyValues>
        name="isLimited"
        label={text('accounts.keys.limit')}
        hint={text('accounts.keys.limitHint')}
      />
      {isLimited && (
        <PermissionsField
          hasLimits={false}
          hasSchema={maySchema}
          mayGrant={({ permissions }, action) => permissions[action]}
        />
      )}
    </EntryForm>
  );
};

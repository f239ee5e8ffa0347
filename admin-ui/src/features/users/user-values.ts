import type { Account } from '../../accounts/account.js';
import { isSame, type Json, type JsonObject } from '../../api/json.js';
import { bodiesOf, draftsOf, type GrantDraft } from '../../permissions/grant-draft.js';

/** What the form of a user asks for. */
export interface UserValues {
  readonly email: string;
  readonly name: string;
  /** Asked for a new user only. */
  readonly password: string;
  readonly isActive: boolean;
  readonly isSuperuser: boolean;
  /** Ids. */
  readonly groups: readonly string[];
  readonly permissions: readonly GrantDraft[];
}

export const NEW_USER: UserValues = {
  email: '',
  name: '',
  password: '',
  isActive: true,
  isSuperuser: false,
  groups: [],
  permissions: [],
};

export const valuesOf = ({ email, name, isActive, isSuperuser, groups, permissions }: Account): UserValues => ({
  email,
  name,
  password: '',
  isActive,
  isSuperuser,
  groups,
  permissions: draftsOf(permissions),
});

/** A user as the API takes it; a password only where there is one. */
export const userBody = ({ password, permissions, ...values }: UserValues): JsonObject => ({
  ...values,
  permissions: bodiesOf(permissions),
  ...(password === '' ? {} : { password }),
});

/** Only what is another than before: what somebody else has changed meanwhile stays. */
export const changesOf = (before: JsonObject, after: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(after).filter(([name, value]: [string, Json]) => !isSame(before[name] ?? null, value)),
  );

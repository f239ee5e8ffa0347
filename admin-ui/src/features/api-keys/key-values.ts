import type { JsonObject } from '../../api/json.js';
import { bodiesOf, type GrantDraft } from '../../permissions/grant-draft.js';

/** What the form of a new key asks for. */
export interface KeyValues {
  /** Email; asked where keys are made for others. */
  readonly user: string;
  readonly name: string;
  /** Days, `never` or `date`. */
  readonly validFor: string;
  /** The last day, such as `2030-01-31`, where a date was chosen. */
  readonly expiresAt: string;
  readonly isLimited: boolean;
  readonly permissions: readonly GrantDraft[];
}

export const DAYS = [30, 90] as const;
export const YEAR = '365';
export const NEVER = 'never';
export const DATE = 'date';

const MILLISECONDS_PER_DAY = 86_400_000;

export const newKey = (user: string): KeyValues => ({
  user,
  name: '',
  validFor: YEAR,
  expiresAt: '',
  isLimited: false,
  permissions: [],
});

/** The end of the day where whoever asks lives, or so many days from now. */
const expiryOf = ({ validFor, expiresAt }: KeyValues, now: number): string | null => {
  if (validFor === NEVER) return null;
  if (validFor === DATE) return new Date(`${expiresAt}T23:59:59`).toISOString();
  return new Date(now + Number(validFor) * MILLISECONDS_PER_DAY).toISOString();
};

/** A key as the API takes it. @param now in milliseconds since 1970 */
export const keyBody = (values: KeyValues, now: number): JsonObject => ({
  name: values.name,
  expiresAt: expiryOf(values, now),
  permissions: values.isLimited ? bodiesOf(values.permissions) : null,
  ...(values.user === '' ? {} : { user: values.user }),
});

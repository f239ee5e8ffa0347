import type { Json } from '../../definition/field-definition.js';
import type { FilterTreeJson } from './grant.js';

/** Who a rule is about. */
export interface RuleUser {
  readonly id: string;
  readonly email: string;
}

const WORDS: ReadonlyMap<string, (user: RuleUser) => string> = new Map([
  ['$user.id', ({ id }: RuleUser) => id],
  ['$user.email', ({ email }: RuleUser) => email],
]);

/** What a rule may say of whoever asks. */
export const USER_WORDS: readonly string[] = [...WORDS.keys()];

/** Whether a rule speaks of whoever asks, so that it says something else for everybody. */
export const isPersonal = (value: Json): boolean => {
  if (typeof value === 'string') return WORDS.has(value);
  return typeof value === 'object' && value !== null && Object.values(value).some((item) => isPersonal(item as Json));
};

/** Words that look as if they meant something of whoever asks, and do not. */
export const unknownWords = (value: Json): readonly string[] => {
  if (typeof value === 'string') return value.startsWith('$user') && !WORDS.has(value) ? [value] : [];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((item) => unknownWords(item as Json))
    : [];
};

/** Operators whose operand is a pattern: an underscore in an email would fit the emails of others. */
const PATTERNS: ReadonlySet<string> = new Set(['$ilike', '$like']);

/** Whether a rule takes what it says of whoever asks for a pattern. */
export const matchesUser = (value: Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([key, item]: [string, Json]) =>
    PATTERNS.has(key) ? isPersonal(item) : matchesUser(item),
  );

const withUserIn = (value: Json, user: RuleUser): Json => {
  if (typeof value === 'string') return WORDS.get(value)?.(user) ?? value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withUserIn(item, user));
  return typeof value === 'object' && value !== null ? withUser(value as FilterTreeJson, user) : value;
};

/** The rule for this user: `{ "owner": { "$eq": "$user.id" } }` with the id in it. */
export const withUser = (tree: FilterTreeJson, user: RuleUser): FilterTreeJson =>
  Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, withUserIn(value, user)]));

import { createHash } from 'node:crypto';

/** At most this many characters, so that table and column names stay readable within PostgreSQL's 63 bytes. */
export const MAX_NAME_LENGTH = 48;
const MAX_IDENTIFIER_LENGTH = 63;

/** What apps, models and fields may be called: an ASCII letter, then letters, digits and underscores. */
export const NAME_PATTERN = /^[A-Za-z][A-Za-z0-9_]{0,47}$/;

const PROTOTYPE_NAMES = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'then', 'toJSON'];
const SYSTEM_COLUMNS = ['id', 'tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'];
const ROUTES = ['admin', 'api', 'auth', 'docs', 'health', 'meta'];
const POSTGRES_NAMES = ['pg', 'information_schema'];
const OWN_TABLES = ['meta_model', 'meta_field'];

/** Two names are the same name when they fold to the same text: case and underscores make no difference. */
export const foldName = (name: string): string => name.toLowerCase().replaceAll('_', '');

/** Names of models have a dot; entities of the application, whose names have none, are found by the bare name. */
export const isEntityName = (relatedModel: unknown): relatedModel is string =>
  typeof relatedModel === 'string' && relatedModel !== '' && !relatedModel.includes('.');

const lower = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => name.toLowerCase()));

/** Names, in lower case, that would collide with JavaScript's objects, PostgreSQL's system columns or Dynamo's own routes. */
export const RESERVED_NAMES = {
  app: lower([...PROTOTYPE_NAMES, ...ROUTES, ...POSTGRES_NAMES]),
  model: lower([...PROTOTYPE_NAMES, ...POSTGRES_NAMES, ...OWN_TABLES]),
  field: lower([...PROTOTYPE_NAMES, ...SYSTEM_COLUMNS]),
} as const;

/** Whether nobody may call an app, model or field this. */
export const isReserved = (kind: keyof typeof RESERVED_NAMES, name: string): boolean => {
  const lowerName = name.toLowerCase();
  return RESERVED_NAMES[kind].has(lowerName) || (kind !== 'field' && lowerName.startsWith('pg_'));
};

/** `MediaType` → `media_type`, `HTTPServer` → `http_server`. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/_+/g, '_')
    .toLowerCase();

/** `MediaType` → `Media type`: the label of a model or field that was given none. */
export const humanize = (name: string): string => {
  const words = snakeCase(name).replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Twelve hexadecimal digits that stand for `text`; the same on every node. */
export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Joins parts to a table or column name; a name too long for PostgreSQL ends in a hash instead of being cut silently. */
export const physicalName = (...parts: readonly string[]): string => {
  const name = parts.join('_');
  if (name.length <= MAX_IDENTIFIER_LENGTH) return name;
  return `${name.slice(0, MAX_IDENTIFIER_LENGTH - 13)}_${shortHash(name)}`;
};

/** `name`, or `name_<hash of id>` when somebody else has it; the hash makes that one nobody else's. */
export const freeName = (name: string, id: string, isTaken: (candidate: string) => boolean): string =>
  isTaken(name) ? physicalName(name.slice(0, MAX_IDENTIFIER_LENGTH - 13), shortHash(id)) : name;

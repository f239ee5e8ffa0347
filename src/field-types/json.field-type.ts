import type { Json } from '../definition/field-definition.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToJson } from './casts/json.cast.js';
import type { FieldType } from './field-type.js';
import { optionsSchema } from './options-schema.js';
import { parseText } from './text-value.js';

/** PostgreSQL's own limit depends on its stack; this one is the same everywhere. */
const MAX_DEPTH = 100;

const requireStorable = (value: Json, depth: number): void => {
  if (depth > MAX_DEPTH) throw new InvalidValueError('out_of_range', `must not be nested more than ${MAX_DEPTH} deep`);
  if (typeof value === 'string') parseText(value);
  // JSON.parse reads 1e999 as infinity, which would be stored as null.
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InvalidValueError('out_of_range', 'must not have numbers beyond 1.8e308');
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    parseText(key);
    requireStorable(item as Json, depth + 1);
  }
};

/** In a query string `5` and `{"a":1}` are JSON, and what is no JSON is a text. */
const fromText = (text: string): Json => {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'string' ? text : value;
  } catch {
    return text;
  }
};

export const json = {
  name: 'json',
  djangoName: 'JSONField',
  label: 'JSON',
  description: 'Any JSON value: a list, an object, a text, a number, true or false.',
  optionsSchema: optionsSchema({}),
  sqlType: () => 'jsonb',
  jsonSchema: () => ({}),
  expects: () => 'a JSON value',
  parse: (value) => {
    requireStorable(value, 1);
    return JSON.stringify(value);
  },
  select: (column) => column,
  fromText,
  values: 'json',
  castFrom: castToJson,
  widget: 'json',
} satisfies FieldType;

import type { Json, KeyType } from '../definition/field-definition.js';
import type { JsonSchema } from './field-type.js';
import { parseText } from './text-value.js';
import { trustedPattern } from './trusted-pattern.js';

/** Id of a record, as JSON and parameters of statements have it. */
export type RecordId = number | string;

/** What ids are that a relation points to: all that depends on the type of the key is here. */
export interface RecordKey {
  readonly sqlType: KeyType;
  /** An id in a request body. */
  readonly jsonSchema: JsonSchema;
  /** An id as the API shows it. */
  readonly outputSchema: JsonSchema;
  /** In words, to follow «must be». */
  readonly expects: string;
  /** The id that a text in an address stands for, or undefined when it can be none. */
  fromText(text: string): RecordId | undefined;
  /** JSON value, already valid against `jsonSchema` → parameter of a statement. @throws InvalidValueError */
  parse(value: Json): RecordId;
}

const WHOLE_NUMBER = /^[1-9]\d{0,15}$/;
const UUID = trustedPattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$');

const wholeNumber = (sqlType: KeyType, maximum: number): RecordKey => {
  const jsonSchema = { type: 'integer', minimum: 1, maximum };
  return {
    sqlType,
    jsonSchema,
    outputSchema: jsonSchema,
    expects: 'a whole number from 1 on',
    fromText: (text) => (WHOLE_NUMBER.test(text) && Number(text) <= maximum ? Number(text) : undefined),
    parse: (value) => Number(value),
  };
};

const KEYS: { readonly [type in KeyType]: RecordKey } = {
  integer: wholeNumber('integer', 2 ** 31 - 1),
  bigint: wholeNumber('bigint', Number.MAX_SAFE_INTEGER),
  uuid: {
    sqlType: 'uuid',
    jsonSchema: { type: 'string', pattern: UUID },
    outputSchema: { type: 'string', format: 'uuid' },
    expects: 'a UUID such as 0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e',
    fromText: (text) => (new RegExp(UUID).test(text) ? text.toLowerCase() : undefined),
    parse: (value) => String(value).toLowerCase(),
  },
  text: {
    sqlType: 'text',
    jsonSchema: { type: 'string', minLength: 1 },
    outputSchema: { type: 'string' },
    expects: 'a text',
    fromText: (text) => text,
    parse: parseText,
  },
};

/** The key of this type. Null, which only fields have that point nowhere, is that of models by default. */
export const keyOf = (type: KeyType | null | undefined): RecordKey => KEYS[type ?? 'bigint'];

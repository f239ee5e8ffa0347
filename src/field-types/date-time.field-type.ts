import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToDateTime } from './casts/temporal.cast.js';
import { automatic, type AutomaticOptions, automaticOptions, checkAutomatic } from './automatic-option.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

/** RFC 3339 with as many digits of a second as programs write; ajv alone would let more through than PostgreSQL reads. */
const PATTERN = trustedPattern(
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$',
);
/** PostgreSQL knows no offset of 16 hours or more. */
const OFFSET_TOO_LARGE = /[+-](1[6-9]|2\d):\d\d$/;

/** Only from there do offsets and roundings lead out of the calendar. */
const FIRST_OR_LAST_YEAR = /^(000[01]|9999)/;

/**
 * JavaScript knows no leap seconds, which are the first second of the next minute. More than six digits are rounded to
 * microseconds, perhaps into the next year.
 */
const yearInUtc = (text: string): number => {
  const isLeapSecond = /:60([.Zz+-])/.test(text);
  const moment = Date.parse(text.toUpperCase().replace(/:60(?=[.Z+-])/, ':59'));
  return new Date(moment + (isLeapSecond ? 1000 : 0) + (/[.]\d{7}/.test(text) ? 1 : 0)).getUTCFullYear();
};

export const dateTime = {
  name: 'date_time',
  djangoName: 'DateTimeField',
  label: 'Date and time',
  description: 'A moment in time, kept to the microsecond and shown in UTC.',
  optionsSchema: optionsSchema({ ...automaticOptions, index }),
  checkOptions: checkAutomatic,
  sqlType: () => 'timestamp with time zone',
  jsonSchema: () => ({ type: 'string', format: 'date-time', pattern: PATTERN }),
  expects: () => 'a date and time with its offset, such as 2026-11-21T09:30:00Z',
  parse: (value) => {
    const text = String(value);
    if (OFFSET_TOO_LARGE.test(text)) {
      throw new InvalidValueError('out_of_range', 'must have an offset of less than 16 hours');
    }
    if (!FIRST_OR_LAST_YEAR.test(text)) return text;
    const year = yearInUtc(text);
    if (year >= 1 && year <= 9999) return text;
    throw new InvalidValueError('out_of_range', 'must be between the years 1 and 9999 in UTC');
  },
  // to_json writes ISO 8601 whatever the session's DateStyle; the value is already in UTC, so only its Z is missing.
  select: (column) => `(to_json(${column} AT TIME ZONE 'UTC') #>> '{}') || 'Z'`,
  // In a query string a plus sign arrives as a space.
  fromText: (text) => text.replace(/ (\d\d:\d\d)$/, '+$1'),
  automatic,
  defaultFunctions: { now: { sql: 'now()', value: () => new Date().toISOString() } },
  entityType: 'Date',
  values: 'date_time',
  castFrom: castToDateTime,
  widget: 'date_time',
} satisfies FieldType<AutomaticOptions>;

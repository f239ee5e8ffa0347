import { InvalidValueError } from '../errors/invalid-value.error.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';

/** PostgreSQL knows no offset of 16 hours or more. */
const OFFSET_TOO_LARGE = /[+-](1[6-9]|2\d):\d\d$/;

export const dateTime = {
  name: 'date_time',
  djangoName: 'DateTimeField',
  label: 'Date and time',
  description: 'A moment in time, kept to the microsecond and shown in UTC.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'timestamp with time zone',
  jsonSchema: () => ({ type: 'string', format: 'date-time' }),
  expects: () => 'a date and time with its offset, such as 2026-11-21T09:30:00Z',
  parse: (value) => {
    const text = String(value);
    if (text.startsWith('0000')) throw new InvalidValueError('out_of_range', 'must be a date from year 1 on');
    if (OFFSET_TOO_LARGE.test(text)) {
      throw new InvalidValueError('out_of_range', 'must have an offset of less than 16 hours');
    }
    return text;
  },
  // to_json writes ISO 8601 whatever the session's DateStyle; the value is already in UTC, so only its Z is missing.
  select: (column) => `(to_json(${column} AT TIME ZONE 'UTC') #>> '{}') || 'Z'`,
  // In a query string a plus sign arrives as a space.
  fromText: (text) => text.replace(/ (\d\d:\d\d)$/, '+$1'),
  widget: 'date_time',
} satisfies FieldType;

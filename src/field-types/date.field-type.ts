import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToDate } from './casts/temporal.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';

export const date = {
  name: 'date',
  djangoName: 'DateField',
  label: 'Date',
  description: 'A day of the calendar, without a time.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'date',
  jsonSchema: () => ({ type: 'string', format: 'date' }),
  expects: () => 'a date such as 2026-11-21',
  parse: (value) => {
    const text = String(value);
    if (text.startsWith('0000')) throw new InvalidValueError('out_of_range', 'must be a date from year 1 on');
    return text;
  },
  select: (column) => column,
  values: 'date',
  castFrom: castToDate,
  widget: 'date',
} satisfies FieldType;

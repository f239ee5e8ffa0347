import { castToTime } from './casts/temporal.cast.js';
import { automatic, type AutomaticOptions, automaticOptions, checkAutomatic } from './automatic-option.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

export const time = {
  name: 'time',
  djangoName: 'TimeField',
  label: 'Time of day',
  description: 'A time of the day, without a date or time zone, kept to the microsecond.',
  optionsSchema: optionsSchema({ ...automaticOptions, index }),
  checkOptions: checkAutomatic,
  sqlType: () => 'time without time zone',
  jsonSchema: () => ({
    type: 'string',
    pattern: trustedPattern('^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?$'),
  }),
  expects: () => 'a time of the day such as 09:30 or 09:30:15',
  // As PostgreSQL writes it, so that two texts for the same time are one value.
  parse: (value) =>
    /^..:..$/.test(String(value))
      ? `${value}:00`
      : String(value)
          .replace(/([.]\d*?)0+$/, '$1')
          .replace(/[.]$/, ''),
  select: (column) => column,
  automatic,
  defaultFunctions: {
    now: { sql: `(now() AT TIME ZONE 'UTC')::time`, value: () => new Date().toISOString().slice(11, 23) },
  },
  values: 'time',
  castFrom: castToTime,
  widget: 'time',
} satisfies FieldType<AutomaticOptions>;

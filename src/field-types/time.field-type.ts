import { castToTime } from './casts/temporal.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';

export const time = {
  name: 'time',
  djangoName: 'TimeField',
  label: 'Time of day',
  description: 'A time of the day, without a date or time zone, kept to the microsecond.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'time without time zone',
  jsonSchema: () => ({ type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?$' }),
  expects: () => 'a time of the day such as 09:30 or 09:30:15',
  parse: String,
  select: (column) => column,
  values: 'time',
  castFrom: castToTime,
  widget: 'time',
} satisfies FieldType;

import { durationText } from './casts/duration-text.js';
import { castToDuration } from './casts/duration.cast.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { DAY, intervalText, microsecondsOf } from './duration-text.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

const MAX_DAYS = 100_000_000n;

/** Years, months and weeks have no fixed length, or none that everybody agrees on. */
const SCHEMA: JsonSchema = {
  type: 'string',
  pattern: trustedPattern('^-?P(?=[0-9]|T[0-9])([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]{1,6})?S)?)?$'),
  maxLength: 100,
};

export const duration = {
  name: 'duration',
  djangoName: 'DurationField',
  label: 'Duration',
  description: 'A length of time in days, hours, minutes and seconds, kept to the microsecond.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'interval',
  jsonSchema: () => SCHEMA,
  expects: () => 'a duration in days, hours, minutes and seconds such as P1DT2H30M or PT4.5S',
  parse: (value) => {
    const length = microsecondsOf(String(value));
    const longest = MAX_DAYS * DAY;
    if (length > longest || length < -longest)
      throw new InvalidValueError('out_of_range', `must be at most ${MAX_DAYS} days`);
    return intervalText(length);
  },
  select: durationText,
  entityType: "import('@dynamo/nest').DynamoInterval",
  values: 'duration',
  castFrom: castToDuration,
  widget: 'duration',
} satisfies FieldType;

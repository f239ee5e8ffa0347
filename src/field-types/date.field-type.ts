import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToDate } from './casts/temporal.cast.js';
import { automatic, type AutomaticOptions, automaticOptions, checkAutomatic } from './automatic-option.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { LIMITS_CROSSED, limitOptions, type Limits, limitsCheck, limitsInWords } from './limits.js';
import { index, optionsSchema } from './options-schema.js';

type DateOptions = Limits<string> & AutomaticOptions;

const SCHEMA: JsonSchema = { type: 'string', format: 'date' };
const FIRST = '0001-01-01';

const expects = (options: DateOptions): string => `a date such as 2026-11-21${limitsInWords(options)}`;

export const date = {
  name: 'date',
  djangoName: 'DateField',
  label: 'Date',
  description: 'A day of the calendar, without a time.',
  optionsSchema: optionsSchema({ ...limitOptions(SCHEMA), ...automaticOptions, index }),
  checkOptions: (options) => {
    const { min, max } = options;
    if (min !== undefined && max !== undefined && min > max) return LIMITS_CROSSED;
    if ([min, max].some((limit) => limit !== undefined && limit < FIRST))
      return '"min" and "max" must be from year 1 on';
    if ((options.autoNow || options.autoNowAdd) && (min ?? max) !== undefined) {
      return '"min" and "max" make no sense for a date that the server fills in';
    }
    return checkAutomatic(options);
  },
  sqlType: () => 'date',
  jsonSchema: () => SCHEMA,
  expects: ({ options }) => expects(options),
  parse: (value, { options }) => {
    const text = String(value);
    if (text < FIRST) throw new InvalidValueError('out_of_range', 'must be a date from year 1 on');
    // Dates of this form are in the order of their texts.
    if (text < (options.min ?? text) || text > (options.max ?? text)) {
      throw new InvalidValueError('out_of_range', `must be ${expects(options)}`);
    }
    return text;
  },
  select: (column) => column,
  check: ({ options }) => limitsCheck('date', options),
  automatic,
  defaultFunctions: {
    now: { sql: `(now() AT TIME ZONE 'UTC')::date`, value: () => new Date().toISOString().slice(0, 10) },
  },
  values: 'date',
  castFrom: castToDate,
  widget: 'date',
} satisfies FieldType<DateOptions>;

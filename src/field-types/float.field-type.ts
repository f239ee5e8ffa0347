import { castToFloat } from './casts/float.cast.js';
import type { FieldType } from './field-type.js';
import { LIMITS_CROSSED, limitOptions, type Limits, limitsCheck, limitsInWords } from './limits.js';
import { numberFromText } from './number-text.js';
import { index, optionsSchema } from './options-schema.js';

export const float = {
  name: 'float',
  djangoName: 'FloatField',
  label: 'Number',
  description: 'A measured number with about 15 digits. For money take decimal.',
  optionsSchema: optionsSchema({ ...limitOptions({ type: 'number' }), index }),
  checkOptions: ({ min = -Infinity, max = Infinity }) => (min > max ? LIMITS_CROSSED : undefined),
  sqlType: () => 'double precision',
  jsonSchema: ({ options: { min, max } }) => ({
    type: 'number',
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  }),
  outputSchema: () => ({ type: 'number' }),
  expects: ({ options }) => `a number${limitsInWords(options)}`,
  parse: Number,
  select: (column) => column,
  fromText: numberFromText,
  check: ({ options }) => limitsCheck('double precision', options),
  values: 'number',
  castFrom: castToFloat,
  widget: 'number',
} satisfies FieldType<Limits<number>>;

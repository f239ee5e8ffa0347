import { castToFloat } from './casts/float.cast.js';
import type { FieldType } from './field-type.js';
import { numberFromText } from './number-text.js';
import { index, optionsSchema } from './options-schema.js';

export const float = {
  name: 'float',
  djangoName: 'FloatField',
  label: 'Number',
  description: 'A measured number with about 15 digits. For money take decimal.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'double precision',
  jsonSchema: () => ({ type: 'number' }),
  expects: () => 'a number',
  parse: (value) => Number(value),
  select: (column) => column,
  fromText: numberFromText,
  values: 'number',
  castFrom: castToFloat,
  widget: 'number',
} satisfies FieldType;

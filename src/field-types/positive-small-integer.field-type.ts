import type { FieldType } from './field-type.js';
import { wholeNumber, type WholeNumberOptions } from './whole-number.js';

export const positiveSmallInteger = {
  name: 'positive_small_integer',
  djangoName: 'PositiveSmallIntegerField',
  label: 'Small positive whole number',
  ...wholeNumber({ sqlType: 'smallint', minimum: 0, maximum: 32_767 }),
} satisfies FieldType<WholeNumberOptions>;

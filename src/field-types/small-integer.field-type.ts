import type { FieldType } from './field-type.js';
import { wholeNumber, type WholeNumberOptions } from './whole-number.js';

export const smallInteger = {
  name: 'small_integer',
  djangoName: 'SmallIntegerField',
  label: 'Small whole number',
  ...wholeNumber({ sqlType: 'smallint', minimum: -32_768, maximum: 32_767 }),
} satisfies FieldType<WholeNumberOptions>;

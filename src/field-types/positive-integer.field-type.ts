import type { FieldType } from './field-type.js';
import { wholeNumber, type WholeNumberOptions } from './whole-number.js';

export const positiveInteger = {
  name: 'positive_integer',
  djangoName: 'PositiveIntegerField',
  label: 'Positive whole number',
  ...wholeNumber({ sqlType: 'integer', minimum: 0, maximum: 2_147_483_647 }),
} satisfies FieldType<WholeNumberOptions>;

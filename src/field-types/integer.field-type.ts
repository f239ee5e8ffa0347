import type { FieldType } from './field-type.js';
import { wholeNumber, type WholeNumberOptions } from './whole-number.js';

export const integer = {
  name: 'integer',
  djangoName: 'IntegerField',
  label: 'Whole number',
  ...wholeNumber({ sqlType: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 }),
} satisfies FieldType<WholeNumberOptions>;

import { boolean } from './boolean.field-type.js';
import type { FieldType } from './field-type.js';

/** Kept for definitions that come from Django: a boolean that is not required can be empty anyway. */
export const nullBoolean = {
  ...boolean,
  name: 'null_boolean',
  djangoName: 'NullBooleanField',
  label: 'Yes, no or unknown',
  description: 'True, false or empty.',
} satisfies FieldType;

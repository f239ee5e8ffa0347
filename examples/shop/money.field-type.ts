import { type FieldType, fieldTypes } from '@dynamo/nest';

/** A field type of the shop's own: a decimal that is never negative. */
export const money = {
  ...fieldTypes.decimal,
  name: 'money',
  label: 'Money',
  description: 'An amount in the currency of the shop.',
  jsonSchema: () => ({ type: 'string', pattern: '^[0-9]{1,10}([.][0-9]{1,2})?$' }),
  expects: () => 'an amount such as "19.90"',
} satisfies FieldType;

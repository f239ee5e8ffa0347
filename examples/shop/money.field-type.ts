import type { FieldType } from '@dynamo/nest';

/** A field type of the shop's own: an amount that is never negative, with two places at most. */
export const money = {
  name: 'money',
  label: 'Money',
  description: 'An amount in the currency of the shop.',
  optionsSchema: { type: 'object', properties: {}, additionalProperties: false },
  sqlType: () => 'numeric(12,2)',
  jsonSchema: () => ({ type: 'string', pattern: '^[0-9]{1,10}([.][0-9]{1,2})?$' }),
  expects: () => 'an amount such as "19.90"',
  parse: (value) => String(value),
  select: (column) => `${column}::text`,
  values: 'number',
  widget: 'number',
} satisfies FieldType;

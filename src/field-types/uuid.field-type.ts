import { castToUuid } from './casts/uuid.cast.js';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';

export const uuid = {
  name: 'uuid',
  djangoName: 'UUIDField',
  label: 'UUID',
  description: 'A universally unique identifier.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'uuid',
  jsonSchema: () => ({
    type: 'string',
    pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  }),
  outputSchema: () => ({ type: 'string', format: 'uuid' }),
  expects: () => 'a UUID such as 0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e',
  parse: String,
  select: (column) => column,
  values: 'uuid',
  castFrom: castToUuid,
  widget: 'text',
} satisfies FieldType;

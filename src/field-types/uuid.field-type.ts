import { castToUuid } from './casts/uuid.cast.js';
import { randomUUID } from 'node:crypto';
import type { FieldType } from './field-type.js';
import { index, optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

export const uuid = {
  name: 'uuid',
  djangoName: 'UUIDField',
  label: 'UUID',
  description: 'A universally unique identifier.',
  optionsSchema: optionsSchema({ index }),
  sqlType: () => 'uuid',
  jsonSchema: () => ({
    type: 'string',
    pattern: trustedPattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'),
  }),
  outputSchema: () => ({ type: 'string', format: 'uuid' }),
  expects: () => 'a UUID such as 0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e',
  parse: (value) => String(value).toLowerCase(),
  select: (column) => column,
  defaultFunctions: { uuid: { sql: 'gen_random_uuid()', value: () => randomUUID() } },
  isPrimaryKey: true,
  values: 'uuid',
  castFrom: castToUuid,
  widget: 'text',
} satisfies FieldType;

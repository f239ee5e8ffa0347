import type { JsonSchema } from './field-type.js';

/** A schema that refuses the empty text and the empty list, which a required field cannot have. As JSON, both are values. */
export const notEmpty = (schema: JsonSchema): JsonSchema => {
  if (schema['type'] === 'string') return { minLength: 1, ...schema };
  return schema['type'] === 'array' ? { minItems: 1, ...schema } : schema;
};

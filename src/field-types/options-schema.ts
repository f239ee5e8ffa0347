import type { Json } from '../definition/field-definition.js';
import { NAME_PATTERN } from '../definition/identifiers.js';
import type { JsonSchema } from './field-type.js';
import { trustedPattern } from './trusted-pattern.js';

/** Options of a type: nothing but these, so that a misspelt option is an error instead of being ignored. */
export const optionsSchema = (properties: { readonly [name: string]: Json }): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
});

/** For types with a column: an index that makes filters and sorting on this field fast. */
export const index: JsonSchema = {
  type: ['boolean', 'string'],
  pattern: trustedPattern(NAME_PATTERN.source),
  default: false,
  description:
    'Keep an index, so that filters and sorting on this field stay fast. Fields that give the same name share one.',
};

/** For relations: the name under which records of the related model show, read-only, which records point to them. */
export const relatedName: JsonSchema = {
  type: 'string',
  description: 'Show, under this name, in each record of the related model the ids of the records that point to it.',
};

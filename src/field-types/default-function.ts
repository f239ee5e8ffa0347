import type { FieldDefinition, Json } from '../definition/field-definition.js';
import type { DefaultFunction, FieldType } from './field-type.js';

/** The function that this default names, or undefined when it is a value. */
export const namedFunction = (type: FieldType, fallback: Json): DefaultFunction | undefined => {
  const functions = type.defaultFunctions ?? {};
  return typeof fallback === 'string' && Object.hasOwn(functions, fallback) ? functions[fallback] : undefined;
};

/** What computes the value that a field has when nobody gives one, or undefined when nothing does. */
export const defaultFunction = (type: FieldType, field: FieldDefinition): DefaultFunction | undefined =>
  namedFunction(type, type.automatic?.(field) === undefined ? field.default : 'now');

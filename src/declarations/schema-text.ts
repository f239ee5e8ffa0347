import type { Json } from '../definition/field-definition.js';
import type { JsonSchema } from '../field-types/field-type.js';

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

const PRIMITIVES: { readonly [type: string]: string } = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

const isSchema = (value: Json | undefined): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];

/** A JSON value as a TypeScript literal, in quotes like those of the generated file. */
export const literalText = (value: Json): string => {
  if (typeof value !== 'string') return JSON.stringify(value);
  // What ends a line for TypeScript does not for JSON.
  const text = JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  const inner = text.slice(1, -1).replaceAll('\\"', '"');
  return inner.includes("'") && !inner.includes('"') ? text : `'${inner.replaceAll("'", "\\'")}'`;
};

/** A name as it stands before the colon of a property. */
export const propertyName = (name: string): string => (IDENTIFIER.test(name) ? name : literalText(name));

/** `string | null`, each member once. */
export const unionText = (members: readonly string[]): string => {
  if (members.length === 0) return 'never';
  return members.includes('unknown') ? 'unknown' : [...new Set(members)].join(' | ');
};

/** A list of such. */
export const listText = (members: readonly string[]): string =>
  members.length > 1 ? `(${unionText(members)})[]` : `${unionText(members)}[]`;

const objectText = (schema: JsonSchema): string => {
  const { properties, additionalProperties } = schema;
  const required = listOf(schema['required']);
  const known = isSchema(properties) ? Object.entries(properties) : [];
  const members = known.map(([name, value]) => {
    const text = isSchema(value) ? schemaText(value) : 'unknown';
    return `${propertyName(name)}${required.includes(name) ? '' : '?'}: ${text}`;
  });
  if (members.length > 0) return `{ ${members.join('; ')} }`;
  if (additionalProperties === false) return 'Record<string, never>';
  return `Record<string, ${isSchema(additionalProperties) ? schemaText(additionalProperties) : 'unknown'}>`;
};

const typeText = (type: Json, schema: JsonSchema): string => {
  const { items } = schema;
  if (type === 'array') return listText(isSchema(items) ? schemaMembers(items) : ['unknown']);
  return type === 'object' ? objectText(schema) : (PRIMITIVES[String(type)] ?? 'unknown');
};

/** The members of the union that {@link schemaText} is. */
export const schemaMembers = (schema: JsonSchema): readonly string[] => {
  if ('const' in schema) return [literalText(schema['const'] ?? null)];
  if (Array.isArray(schema['enum'])) return listOf(schema['enum']).map(literalText);
  const types = listOf(schema['type']);
  if (types.length > 0) return [...new Set(types.map((type) => typeText(type, schema)))];
  const either = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])].filter(isSchema);
  if (either.length > 0) return [...new Set(either.flatMap(schemaMembers))];
  return [isSchema(schema['properties']) ? objectText(schema) : 'unknown'];
};

/**
 * The TypeScript type of the values that a JSON schema allows; where a type cannot say it (lengths, patterns, limits),
 * it is the wider one.
 *
 * @example schemaText({ type: ['string', 'null'], maxLength: 40 }) === 'string | null'
 */
export const schemaText = (schema: JsonSchema): string => unionText(schemaMembers(schema));

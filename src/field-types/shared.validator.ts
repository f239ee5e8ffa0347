import type { JsonSchema } from './field-type.js';
import { compileSchema, type SchemaViolation } from './json-schema.validator.js';

export type Validate = (value: unknown) => readonly SchemaViolation[];

/** Compiling takes a millisecond or more, so what was compiled is kept; the least recently used goes first. */
const MOST_KEPT = 1000;
const kept = new Map<string, Validate>();

/**
 * Like {@link compileSchema}, for schemas that many fields share: equal ones are compiled once for all models. What only
 * people read makes no difference.
 */
export const sharedValidator = ({
  title: _title,
  description: _description,
  default: _default,
  ...schema
}: JsonSchema): Validate => {
  const key = JSON.stringify(schema);
  const validate = kept.get(key) ?? compileSchema(schema);
  kept.delete(key);
  kept.set(key, validate);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return validate;
};

const violation = (path: string, keyword: string, params: SchemaViolation['params']): SchemaViolation => ({
  path,
  keyword,
  params,
  message: '',
});

/** So many unknown properties an answer names. */
const MOST_UNKNOWN = 100;

/**
 * Validates an object with these properties and no others, each by its shared validator.
 *
 * @param own validators of properties whose schema says less than that
 */
export const objectValidator = (
  properties: { readonly [name: string]: JsonSchema },
  required: readonly string[],
  own: ReadonlyMap<string, Validate> = new Map(),
): Validate => {
  const validators = new Map(
    Object.entries(properties).map(([name, schema]) => [name, own.get(name) ?? sharedValidator(schema)]),
  );
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [violation('', 'type', {})];
    const missing = required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => violation(name, 'required', {}));
    // More than there are fields are unknown in any case, and naming a million of them helps nobody.
    const looked = Object.entries(value).slice(0, validators.size + MOST_UNKNOWN);
    const wrong = looked.flatMap(([name, item]) => {
      const validate = validators.get(name);
      if (validate === undefined) return [violation(name, 'additionalProperties', {})];
      return validate(item).map((found) => ({ ...found, path: found.path === '' ? name : `${name}.${found.path}` }));
    });
    return [...missing, ...wrong];
  };
};

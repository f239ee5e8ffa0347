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

const below = (name: string, path: string): string => (path === '' ? name : `${name}.${path}`);

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
    const wrong: SchemaViolation[] = [];
    for (const name of required) if (!Object.hasOwn(value, name)) wrong.push(violation(name, 'required', {}));
    const names = Object.keys(value);
    // More than there are fields are unknown in any case, and naming a million of them helps nobody.
    if (names.length > validators.size + MOST_UNKNOWN) names.length = validators.size + MOST_UNKNOWN;
    for (const name of names) {
      const validate = validators.get(name);
      if (validate === undefined) wrong.push(violation(name, 'additionalProperties', {}));
      else
        for (const found of validate(Reflect.get(value, name))) wrong.push({ ...found, path: below(name, found.path) });
    }
    return wrong;
  };
};

import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from './field-type.js';
import { loadAjv, loadFormats } from './on-demand.js';
import { patternEngine } from './trusted-pattern.js';

/** What a schema says against a value: dotted `path`, ajv's `keyword` and its parameters. */
export interface SchemaViolation {
  readonly path: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

const FITS: readonly SchemaViolation[] = [];

const pointerToPath = (pointer: string): string =>
  pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');

const toViolation = ({ instancePath, keyword, params, message }: ErrorObject): SchemaViolation => {
  const child: unknown = params['missingProperty'] ?? params['additionalProperty'];
  const parts = [pointerToPath(instancePath), child].filter((part) => part !== undefined && part !== '');
  return { path: parts.join('.'), keyword, params, message: message ?? 'is not valid' };
};

/**
 * Compiles a schema to a function that fills in defaults and returns what is wrong; empty when nothing is.
 *
 * @throws Error when the schema is none
 * @example compileSchema({ type: 'integer' })('x') // [{ path: '', keyword: 'type', … }]
 */
export const compileSchema = (schema: JsonSchema): ((value: unknown) => readonly SchemaViolation[]) => {
  // An Ajv keeps every schema that it has seen, and models change: so each schema gets its own, to go with it.
  const { Ajv2020 } = loadAjv();
  const ajv = new Ajv2020({
    allErrors: true,
    useDefaults: true,
    allowUnionTypes: true,
    strictTypes: false,
    // The schema of schemas takes twenty times longer to compile than any other, and each Ajv would compile it again.
    // Without it unknown keywords, and values that a keyword cannot work with, are still refused.
    meta: false,
    validateSchema: false,
    code: { regExp: patternEngine },
  });
  loadFormats().default(ajv);
  const validate: ValidateFunction = ajv.compile(schema);
  return (value) => (validate(value) ? FITS : (validate.errors ?? []).map(toViolation));
};

import { createRequire } from 'node:module';
import type { FormatsPlugin } from 'ajv-formats';

/** Loading takes time and memory that an application does not need to start: only its first model does. */
const require = createRequire(import.meta.url);

/** The validator of JSON schemas, loaded when it is first used. */
export const loadAjv = (): Pick<typeof import('ajv/dist/2020.js'), 'Ajv2020'> => require('ajv/dist/2020.js');

/** The formats of JSON schemas, loaded when they are first used. */
export const loadFormats = (): { readonly default: FormatsPlugin } => require('ajv-formats');

/** The regular expressions of linear time, loaded when they are first used. */
export const loadRe2 = (): Pick<typeof import('re2js'), 'RE2JS' | 'RE2JSException'> => require('re2js');

import { byKind, keepAll } from './cast-rule.js';
import { numberRange } from './number-range.js';

/** To true or false. */
export const castToBoolean = byKind({
  boolean: keepAll,
  text: () => ({
    using: (value) => `(lower(${value}) = 'true')`,
    accepts: (value) => `lower(${value}) IN ('true', 'false')`,
  }),
  number: (source) =>
    numberRange(source).integral
      ? { using: (value) => `(${value} = 1)`, accepts: (value) => `${value} IN (0, 1)` }
      : undefined,
  json: () => ({
    using: (value) => `(${value} = 'true'::jsonb)`,
    accepts: (value) => `jsonb_typeof(${value}) = 'boolean'`,
  }),
});

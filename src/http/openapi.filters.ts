import type { JsonSchema, ValueKind } from '../field-types/field-type.js';
import { operatorsOf } from '../records/query/operators.js';
import { IDS_OPERATORS } from '../records/query/subject.js';
import type { FilterName } from './openapi.names.js';
import { queryParameter, reference } from './openapi.parts.js';

/** A value of each kind, as a query string has it. */
const EXAMPLES: { readonly [kind in ValueKind]: string } = {
  text: '$sw:A',
  number: '$gte:10',
  boolean: 'true',
  date: '$gte:2026-01-01',
  date_time: '$lt:2026-01-01T00:00:00Z',
  time: '$btw:09:00,17:00',
  duration: '$gt:PT1H',
  uuid: '0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e',
  ip_address: '192.0.2.1',
  json: '$contains:{"a":1}',
  binary: '$null',
  choices: '$null',
  key: '$not:$null',
  keys: '$null',
};

/** A condition, or several of which all must be met. Texts also hold operators. */
const conditions = (...values: readonly JsonSchema[]): JsonSchema => ({
  anyOf: [
    ...values,
    { type: 'string' },
    { type: 'array', items: values.length === 0 ? { type: 'string' } : { anyOf: [...values, { type: 'string' }] } },
  ],
});

/** What filters take: the value itself in its own type, and texts such as `$gte:5`. */
export const FILTER_SCHEMAS = {
  RecordTextFilter: conditions(),
  RecordNumberFilter: conditions({ type: 'number' }),
  RecordBooleanFilter: conditions({ type: 'boolean' }),
};

const schemaOf = ({ kind, key }: FilterName): keyof typeof FILTER_SCHEMAS => {
  if (kind === 'boolean') return 'RecordBooleanFilter';
  const isNumber = key === undefined ? kind === 'number' : key.jsonSchema['type'] === 'integer';
  return isNumber ? 'RecordNumberFilter' : 'RecordTextFilter';
};

/** The parameter that filters records by this. */
export const filterParameter = (filtered: FilterName): object => {
  const { name, kind } = filtered;
  const operators = kind === 'keys' ? IDS_OPERATORS : operatorsOf(kind).keys();
  return queryParameter(
    `filter.${name}`,
    reference(schemaOf(filtered)),
    `Only records whose ${name} is this: a value, or ${[...operators].join(', ')}; before them $not: and $or:. Given again, all must be met.`,
    EXAMPLES[kind],
  );
};

import type { InverseRelation } from '../definition/inverse-relation.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import type { JsonSchema, ValueKind } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { AGGREGATE_FUNCTIONS } from '../records/query/aggregate.js';
import { DEFAULT_LIMIT, MAX_GROUPS, MAX_LIMIT, MAX_RELATED } from '../records/query/limits.js';
import { operatorsOf } from '../records/query/operators.js';
import { idField } from '../records/query/record-field.js';
import { IDS_OPERATORS } from '../records/query/subject.js';

/** What queries may name of a model. */
export interface Names {
  /** What has one value for each record. */
  readonly values: readonly { readonly name: string; readonly kind: ValueKind; readonly example: string }[];
  readonly many: readonly string[];
  readonly relations: readonly string[];
}

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

/** @param inverses relations of other models that show in the records of this one */
export const namesOf = (
  definition: ModelDefinition,
  types: FieldTypeRegistry,
  inverses: readonly InverseRelation[],
): Names => {
  const id = idField(primaryKeyOf(definition.primaryKey).key);
  const fields = definition.fields.map((field) => ({ field, type: types.get(field.type) }));
  const columns = fields.filter(({ field, type }) => type.sqlType(field) !== null);
  const related = fields.filter(({ field, type }) => type.relation?.(field) !== undefined);
  const others = inverses.map(({ name }) => name);
  return {
    values: [
      { name: 'id', kind: id.kind },
      ...columns.map(({ field, type }) => ({ name: field.name, kind: type.values })),
    ].map((value) => ({ ...value, example: EXAMPLES[value.kind] })),
    many: [...fields.filter((each) => !columns.includes(each)).map(({ field }) => field.name), ...others],
    relations: [...related.map(({ field }) => field.name), ...others],
  };
};

/** A parameter of the query string. */
export interface QueryParameter {
  readonly name: string;
}

const parameter = (name: string, schema: object, description: string, extra: object = {}) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...extra,
});

const TEXTS: JsonSchema = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };

/** Some of these names, or paths that begin with a relation, in one text with commas or as a list. */
const listOf = (names: readonly string[]) => ({
  anyOf: [
    { type: 'array', items: { anyOf: [{ type: 'string', enum: names }, { type: 'string' }] } },
    { type: 'string' },
  ],
});

const filterOf = (name: string, operators: Iterable<string>, example: string) =>
  parameter(
    `filter.${name}`,
    TEXTS,
    `Only records whose ${name} is this: a value, or ${[...operators].join(', ')}; before them $not: and $or:. Given again, all must be met.`,
    { example },
  );

const selecting = ({ values, many, relations }: Names) => [
  parameter(
    'select',
    listOf([...values.map(({ name }) => name), ...many]),
    'Show only these fields, with commas; also of related records, such as relation.field.',
  ),
  ...(relations.length === 0
    ? []
    : [
        parameter(
          'include',
          listOf(relations),
          `Show related records instead of their ids, with commas; paths such as relation.relation too. At most ${MAX_RELATED} each.`,
        ),
      ]),
];

const FUNCTIONS = ['count', ...AGGREGATE_FUNCTIONS.keys()].join(', ');
const TEXT = { type: 'string' };
const COUNT = { type: 'string', enum: ['exact', 'none'], default: 'exact' };
const PAGE = { type: 'integer', minimum: 1, default: 1 };
const LIMIT = { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT };

/** What is said of a parameter, whether it comes in the address or in a body. */
const SAID = {
  filter: 'A tree of conditions: fields with operators, relations with conditions of theirs, $and, $or and $not.',
  search: 'Only records that have every one of these words in some text.',
  page: 'Page, from 1.',
  limit: 'Records on a page.',
  count: 'Whether to count all records; none is faster.',
  after: 'Begin after this cursor; empty begins at the start. Instead of page.',
  before: 'End before this cursor; empty ends at the end. Instead of page.',
  aggregate: `Answer groups instead of records: ${FUNCTIONS}, such as count,sum(price). Each group is an object of "data".`,
  groupBy: 'Fields to group by, with commas; also of related records.',
} as const;

/** Parameters of a list. */
export const listParameters = (names: Names): readonly QueryParameter[] => {
  const sorts = names.values.flatMap(({ name }) => [`${name}:ASC`, `${name}:DESC`]);
  return [
    parameter('page', PAGE, SAID.page),
    parameter('limit', LIMIT, SAID.limit),
    parameter('sortBy', listOf(sorts), 'Field and direction, with commas; also of a related record.', {
      example: sorts[0],
    }),
    ...names.values.map(({ name, kind, example }) => filterOf(name, operatorsOf(kind).keys(), example)),
    ...names.many.map((name) => filterOf(name, IDS_OPERATORS, EXAMPLES.keys)),
    parameter('filter', TEXT, `${SAID.filter} As JSON.`, { example: '{"$or":[{"id":1},{"id":{"$gt":9}}]}' }),
    parameter('search', TEXT, SAID.search),
    ...selecting(names),
    parameter('count', COUNT, SAID.count),
    parameter('after', TEXT, SAID.after),
    parameter('before', TEXT, SAID.before),
    parameter('aggregate', TEXTS, SAID.aggregate, { example: 'count' }),
    parameter('groupBy', TEXTS, SAID.groupBy),
  ];
};

/** Parameters of a single record. */
export const retrieveParameters = (names: Names): readonly QueryParameter[] => selecting(names);

const described = (schema: object, description: string) => ({ ...schema, description });

/** Schemas that the paths of all models share. */
export const SHARED_SCHEMAS = {
  RecordQuery: {
    type: 'object',
    description: 'What the parameters of a list say, as a body.',
    additionalProperties: false,
    properties: {
      filter: described({ type: 'object', additionalProperties: true }, SAID.filter),
      sortBy: {
        description: 'Fields and directions: [["name", "ASC"]], or texts such as name:ASC.',
        anyOf: [
          TEXT,
          { type: 'array', items: { anyOf: [TEXT, { type: 'array', items: TEXT, minItems: 2, maxItems: 2 }] } },
        ],
      },
      select: TEXTS,
      include: TEXTS,
      search: described(TEXT, SAID.search),
      page: described(PAGE, SAID.page),
      limit: described({ ...LIMIT, maximum: MAX_GROUPS }, SAID.limit),
      count: described(COUNT, SAID.count),
      after: described(TEXT, SAID.after),
      before: described(TEXT, SAID.before),
      aggregate: described(TEXTS, SAID.aggregate),
      groupBy: described(TEXTS, SAID.groupBy),
    },
    example: { filter: { id: { $gt: 1 } }, sortBy: [['id', 'DESC']], limit: 10 },
  },
  RecordGroups: {
    type: 'object',
    description: 'The answer to aggregate: one object for each group, with its groupBy paths and its aggregates.',
    required: ['data'],
    properties: { data: { type: 'array', items: { type: 'object', additionalProperties: true } } },
    example: { data: [{ count: 3 }] },
  },
};

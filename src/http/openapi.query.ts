import type { JsonSchema } from '../field-types/field-type.js';
import { AGGREGATE_FUNCTIONS } from '../records/query/aggregate.js';
import { DEFAULT_GROUPS, DEFAULT_LIMIT, MAX_GROUPS, MAX_LIMIT, MOST_COUNTED } from '../records/query/limits.js';
import { queryParameter } from './openapi.parts.js';

const FUNCTIONS = ['count', ...AGGREGATE_FUNCTIONS.keys()].join(', ');
const TEXT = { type: 'string' };
const TEXTS: JsonSchema = { anyOf: [TEXT, { type: 'array', items: TEXT }] };
const COUNT = { type: 'string', enum: ['exact', 'capped', 'none'] };
const PAGE = { type: 'integer', minimum: 1 };
const LIMIT = { type: 'integer', minimum: 1, maximum: MAX_LIMIT };

/** What is said of a parameter, whether it comes in the address or in a body. */
const SAID = {
  filter: 'A tree of conditions: fields with operators, relations with conditions of theirs, $and, $or and $not.',
  search: 'Only records that have every one of these words in some text.',
  page: 'Page, from 1.',
  limit: `Records on a page, ${DEFAULT_LIMIT} when left out; of groups ${DEFAULT_GROUPS}, and ${MAX_GROUPS} at most.`,
  count: `Whether to count all records, as happens when left out; capped stops at ${MOST_COUNTED}, none is faster still.`,
  after: 'Begin after this cursor; empty begins at the start. Instead of page.',
  before: 'End before this cursor; empty ends at the end. Instead of page.',
  aggregate: `Answer groups instead of records: ${FUNCTIONS}, such as count,sum(price). Each group is an object of "data".`,
  groupBy: 'Fields to group by, with commas; also of related records.',
} as const;

/** Parameters that the lists of all models share. */
export const LIST_PARAMETERS = {
  page: queryParameter('page', { ...PAGE, default: 1 }, SAID.page),
  limit: queryParameter('limit', { ...LIMIT, maximum: MAX_GROUPS, default: DEFAULT_LIMIT }, SAID.limit),
  filter: queryParameter('filter', TEXTS, `${SAID.filter} As JSON.`, '{"$or":[{"id":1},{"id":{"$gt":9}}]}'),
  search: queryParameter('search', TEXT, SAID.search),
  count: queryParameter('count', { ...COUNT, default: 'exact' }, SAID.count),
  after: queryParameter('after', TEXT, SAID.after),
  before: queryParameter('before', TEXT, SAID.before),
  aggregate: queryParameter('aggregate', TEXTS, SAID.aggregate, 'count'),
  groupBy: queryParameter('groupBy', TEXTS, SAID.groupBy),
};

const described = (schema: object, description: string) => ({ ...schema, description });

/**
 * Schemas of queries in bodies, and of groups. Without the keyword `default`: generators of clients take what has a
 * default for something that is always there.
 */
export const QUERY_SCHEMAS = {
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

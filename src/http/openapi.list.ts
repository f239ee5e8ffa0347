import { MAX_RELATED } from '../records/query/limits.js';
import { filterParameter } from './openapi.filters.js';
import type { Names } from './openapi.names.js';
import { parameterReference, queryParameter } from './openapi.parts.js';
import { LIST_PARAMETERS } from './openapi.query.js';

/** Some of these names, or paths that begin with a relation, in one text with commas or as a list. */
const listOf = (names: readonly string[], relations: readonly string[]) => {
  const known = { type: 'string', enum: names };
  const paths = { type: 'string', pattern: `^(${relations.join('|')})[.]` };
  const items = relations.length === 0 ? known : { anyOf: [known, paths] };
  return { anyOf: [{ type: 'array', items }, { type: 'string' }] };
};

/** What is said about the queries of one model: its own parameters, and which parameters its operations take. */
export interface QueryDescription {
  /** For the document's components, by name. */
  readonly components: { readonly [name: string]: object };
  readonly list: readonly object[];
  /** Those of a file. */
  readonly export: readonly object[];
  /** Those of a single record. */
  readonly retrieve: readonly object[];
  /** Those that say which records are changed at once. */
  readonly filter: readonly object[];
}

/** @param model its name, such as `music.Track` */
export const describeQueries = (model: string, { values, many, relations }: Names): QueryDescription => {
  const sorts = values.flatMap(({ name }) => [`${name}:ASC`, `${name}:DESC`]);
  const filters = [...values, ...many].map(
    (filtered) => [`filter.${filtered.name}`, filterParameter(filtered)] as const,
  );
  const sortBy = queryParameter(
    'sortBy',
    listOf(sorts, relations),
    'Field and direction, with commas; also of a related record.',
    sorts[0],
  );
  const select = queryParameter(
    'select',
    listOf(
      [...values, ...many].map(({ name }) => name),
      relations,
    ),
    'Show only these fields, with commas; also of related records, such as relation.field.',
  );
  const include = queryParameter(
    'include',
    listOf(relations, relations),
    `Show related records instead of their ids, with commas; paths such as relation.relation too. At most ${MAX_RELATED} each.`,
  );
  const selecting = [['select', select] as const, ...(relations.length === 0 ? [] : [['include', include] as const])];
  const own = (parameters: readonly (readonly [string, object])[]) =>
    parameters.map(([name]) => parameterReference(`${model}.${name}`));
  const shared = (...names: readonly (keyof typeof LIST_PARAMETERS)[]) =>
    names.map((name) => parameterReference(`records.${name}`));
  return {
    components: Object.fromEntries(
      [...filters, ['sortBy', sortBy] as const, ...selecting].map(([name, value]) => [`${model}.${name}`, value]),
    ),
    list: [
      ...shared('page', 'limit'),
      ...own([['sortBy', sortBy], ...filters]),
      ...shared('filter', 'search'),
      ...own(selecting),
      ...shared('count', 'after', 'before', 'aggregate', 'groupBy'),
    ],
    export: [...own([['sortBy', sortBy], ...filters, ['select', select]]), ...shared('filter', 'search')],
    retrieve: own(selecting),
    filter: [...own(filters), ...shared('filter', 'search')],
  };
};

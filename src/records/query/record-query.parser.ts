import type { Json } from '../../definition/field-definition.js';
import { type Aggregation, parseAggregation } from './aggregate.js';
import { Budget } from './budget.js';
import { decodeCursor } from './cursor.js';
import { parseTextTest } from './filter-text.js';
import { FilterTree } from './filter-tree.js';
import { DEFAULT_GROUPS, DEFAULT_LIMIT, MAX_GROUPS, MAX_LIMIT, MAX_PAGE } from './limits.js';
import { mistake, Mistakes } from './mistakes.js';
import { countOf, list, requireAbsent, single, wholeNumber } from './parameter-values.js';
import { all, any, type Predicate } from './predicate.js';
import type { RecordModel } from './record-model.js';
import type { Keyset, RecordQuery } from './record-query.js';
import {
  FILTER_PARAMETERS,
  fromBody,
  fromQuery,
  LIST_PARAMETERS,
  type Parameters,
  type RawQuery,
  type RequestValues,
  RETRIEVE_PARAMETERS,
} from './request-values.js';
import { parseSearch } from './search.js';
import { parseSelection, type Selection } from './selection.js';
import { completed, parseSortItem, requireFewKeys, resolveSortKey, type SortItem, type SortKey } from './sort.js';

/** Query string or JSON body → {@link RecordQuery}. Everything unknown is an error, so a misspelt filter never lists all. */
export class RecordQueryParser {
  private readonly byId: readonly SortKey[];

  constructor(private readonly model: RecordModel) {
    this.byId = completed(model, []);
  }

  /** @throws InvalidQueryError listing everything that is wrong */
  parse(query: RawQuery, allowed: Parameters = LIST_PARAMETERS): RecordQuery {
    const mistakes = new Mistakes();
    return this.query(fromQuery(query, allowed, mistakes), mistakes);
  }

  /** @throws InvalidQueryError listing everything that is wrong */
  parseBody(body: unknown): RecordQuery {
    const mistakes = new Mistakes();
    return this.query(fromBody(body, LIST_PARAMETERS, mistakes), mistakes);
  }

  /** What a command is for; undefined where nothing is asked for, which is every record. @throws InvalidQueryError */
  parseFilter(query: RawQuery): Predicate | undefined {
    return this.parse(query, FILTER_PARAMETERS).where;
  }

  /** What to show of one record; undefined shows it as it is. @throws InvalidQueryError */
  parseSelection(query: RawQuery): Selection | undefined {
    return Object.keys(query).length === 0 ? undefined : this.parse(query, RETRIEVE_PARAMETERS).selection;
  }

  private query(values: RequestValues, mistakes: Mistakes): RecordQuery {
    const { model } = this;
    const where = this.where(values, mistakes);
    const sortItems = this.sortItems(values, mistakes);
    const aggregation = this.aggregation(values, sortItems, mistakes);
    const sortBy = aggregation === undefined ? this.sortKeys(sortItems, mistakes) : this.byId;
    const selection = parseSelection(model, list(values, 'select'), list(values, 'include'), mistakes);
    const keyset = mistakes.attempt(() => this.keyset(values, sortBy, mistakes));
    const page = mistakes.attempt(() => wholeNumber(values, 'page', 1, MAX_PAGE)) ?? 1;
    const [usual, most] = aggregation === undefined ? [DEFAULT_LIMIT, MAX_LIMIT] : [DEFAULT_GROUPS, MAX_GROUPS];
    const limit = mistakes.attempt(() => wholeNumber(values, 'limit', usual, most)) ?? usual;
    const count = mistakes.attempt(() => countOf(values, keyset === undefined ? 'exact' : 'none')) ?? 'exact';
    mistakes.throwIfAny();
    return {
      where,
      sortItems,
      sortBy,
      selection,
      page,
      limit,
      count,
      isSearch: values.texts.has('search'),
      keyset,
      aggregation,
    };
  }

  private where({ texts, tree, ...rest }: RequestValues, mistakes: Mistakes): Predicate | undefined {
    const budget = new Budget();
    const tests = [...texts]
      .filter(([key]) => key.startsWith('filter.'))
      .flatMap(([key, values]) => values.map((text) => [key, text] as const))
      .flatMap(([key, text]) => mistakes.attempt(() => parseTextTest(this.model, key, text, budget)) ?? []);
    const required = tests.filter(({ isAlternative }) => !isAlternative).map(({ predicate }) => predicate);
    const alternatives = tests.filter(({ isAlternative }) => isAlternative).map(({ predicate }) => predicate);
    const filter = tree === undefined ? undefined : this.tree(tree, budget, mistakes);
    const search = mistakes.attempt(() =>
      parseSearch(this.model, single({ texts, tree, ...rest }, 'search') ?? '', budget),
    );
    const parts = [...required, alternatives.length > 0 ? any(alternatives) : undefined, filter, search].filter(
      (part) => part !== undefined,
    );
    return parts.length === 0 ? undefined : all(parts);
  }

  private tree(tree: Json, budget: Budget, mistakes: Mistakes): Predicate | undefined {
    return new FilterTree(budget, mistakes).parse(this.model, tree);
  }

  private sortItems(values: RequestValues, mistakes: Mistakes): readonly SortItem[] {
    const items = list(values, 'sortBy');
    requireFewKeys(items);
    return items.flatMap((item) => mistakes.attempt(() => parseSortItem(item)) ?? []);
  }

  private sortKeys(items: readonly SortItem[], mistakes: Mistakes): readonly SortKey[] {
    if (items.length === 0) return this.byId;
    return completed(
      this.model,
      items.flatMap((item) => mistakes.attempt(() => resolveSortKey(this.model, item)) ?? []),
    );
  }

  private keyset(values: RequestValues, sortBy: readonly SortKey[], mistakes: Mistakes): Keyset | undefined {
    const direction = (['after', 'before'] as const).find((key) => values.texts.has(key));
    if (direction === undefined) return undefined;
    requireAbsent(values, direction === 'after' ? ['page', 'before'] : ['page'], direction);
    const text = single(values, direction) ?? '';
    // A cursor cannot be read against keys that are wrong themselves.
    mistakes.throwIfAny();
    return { direction, place: text === '' ? undefined : decodeCursor(sortBy, text, direction) };
  }

  private aggregation(values: RequestValues, sortBy: readonly SortItem[], mistakes: Mistakes): Aggregation | undefined {
    const [aggregate, groupBy] = [list(values, 'aggregate'), list(values, 'groupBy')];
    mistakes.attempt(() => {
      if (aggregate.length > 0) requireAbsent(values, ['select', 'include', 'after', 'before', 'count'], 'aggregate');
      if (aggregate.length > 0 || !(values.texts.has('groupBy') || values.texts.has('aggregate'))) return;
      throw mistake('aggregate', 'invalid_value', '"aggregate" must say what to compute, such as count.');
    });
    return aggregate.length === 0 ? undefined : parseAggregation(this.model, aggregate, groupBy, sortBy, mistakes);
  }
}

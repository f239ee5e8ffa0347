import { literal } from '../../definition/sql.js';
import type { ValueKind } from '../../field-types/field-type.js';
import { requireWithin } from './limits.js';
import { type Mistakes, mistake } from './mistakes.js';
import { columnOf, resolveValue, shown, type ValuePath } from './path.js';
import type { RecordField } from './record-field.js';
import type { RecordModel } from './record-model.js';
import type { Direction, SortItem } from './sort.js';
import type { Source } from './source.js';

/** What a function makes of a column: the value to sort by, and how the answer shows it. */
interface Computed {
  readonly raw: string;
  readonly shown: string;
}

/** A function over many records: all that depends on which one it is, is in its object. */
export interface AggregateFunction {
  readonly name: string;
  readonly kinds: ReadonlySet<ValueKind>;
  compute(column: string, field: RecordField): Computed;
}

const NUMBERS: ReadonlySet<ValueKind> = new Set(['number']);
const ORDERED: ReadonlySet<ValueKind> = new Set(['number', 'text', 'date', 'date_time', 'time', 'duration']);

/** Values that the API shows as texts, because a JSON number would lose digits. */
const isText = ({ schema }: RecordField): boolean => schema['type'] === 'string';

const extreme = (name: string): AggregateFunction => ({
  name,
  kinds: ORDERED,
  compute: (column, field) => ({ raw: `${name}(${column})`, shown: field.select(`${name}(${column})`) }),
});

export const AGGREGATE_FUNCTIONS: ReadonlyMap<string, AggregateFunction> = new Map(
  [
    {
      name: 'sum',
      kinds: NUMBERS,
      compute: (column: string, field: RecordField) => ({
        raw: `sum(${column})`,
        shown: isText(field) ? `sum(${column})::text` : `sum(${column})`,
      }),
    },
    {
      name: 'avg',
      kinds: NUMBERS,
      compute: (column: string, field: RecordField) => ({
        raw: `avg(${column})`,
        shown: `avg(${column})::${isText(field) ? 'text' : 'float8'}`,
      }),
    },
    extreme('min'),
    extreme('max'),
  ].map((entry) => [entry.name, entry]),
);

/** One column of the answer. */
interface Output {
  readonly name: string;
  compute(source: Source): Computed;
}

/** What an aggregation asks for, every name resolved. */
export interface Aggregation {
  readonly groups: readonly Output[];
  readonly aggregates: readonly Output[];
  readonly sortBy: readonly { readonly output: Output; readonly direction: Direction }[];
}

const COUNT: Output = { name: 'count', compute: () => ({ raw: 'count(*)', shown: 'count(*)' }) };

const resolveAggregate = (model: RecordModel, text: string): Output => {
  if (text === 'count') return COUNT;
  const [, name = '', argument = ''] = /^([a-z]+)\((.*)\)$/s.exec(text) ?? [];
  const found = AGGREGATE_FUNCTIONS.get(name);
  if (found === undefined) {
    const message = `"${shown(text)}" is no aggregate. Use count, or sum, avg, min or max of a field, such as sum(price).`;
    throw mistake('aggregate', 'invalid_value', message);
  }
  const path = resolveValue(model, argument, 'aggregate');
  if (!found.kinds.has(path.field.kind)) {
    throw mistake('aggregate', 'invalid_value', `There is no ${name} of "${shown(argument)}", which has other values.`);
  }
  return { name: text, compute: (source) => found.compute(columnOf(path, source), path.field) };
};

const groupOutput = (path: ValuePath): Output => ({
  name: path.name,
  compute: (source) => {
    const raw = columnOf(path, source);
    return { raw, shown: path.field.select(raw) };
  },
});

/** Resolves `aggregate`, `groupBy` and the sort keys, which may name only what is answered. */
export const parseAggregation = (
  model: RecordModel,
  aggregate: readonly string[],
  groupBy: readonly string[],
  sortBy: readonly SortItem[],
  mistakes: Mistakes,
): Aggregation => {
  requireWithin('aggregates', aggregate.length, 'aggregate');
  requireWithin('groupKeys', groupBy.length, 'groupBy');
  const groups = [...new Set(groupBy)].flatMap(
    (name) => mistakes.attempt(() => groupOutput(resolveValue(model, name, 'groupBy'))) ?? [],
  );
  const aggregates = [...new Set(aggregate)].flatMap(
    (text) => mistakes.attempt(() => resolveAggregate(model, text)) ?? [],
  );
  const outputs = new Map([...aggregates, ...groups].map((output) => [output.name, output]));
  const keys = sortBy.flatMap(({ name, direction }) => {
    const output = outputs.get(name);
    if (output !== undefined) return [{ output, direction }];
    mistakes.attempt(() => {
      const message = `"${shown(name)}" is not in "aggregate" or "groupBy". Groups are sorted by what is answered.`;
      throw mistake('sortBy', 'unknown_field', message);
    });
    return [];
  });
  const rest = groups.filter((group) => keys.every(({ output }) => output !== group));
  return { groups, aggregates, sortBy: [...keys, ...rest.map((output) => ({ output, direction: 'ASC' as const }))] };
};

/** The statement, without what limits it; columns have aliases because names may be longer than PostgreSQL's. */
export const aggregationSql = ({ groups, aggregates, sortBy }: Aggregation, source: Source, where: () => string) => {
  const outputs = [...groups, ...aggregates].map((output) => ({ output, sql: output.compute(source) }));
  const columns = outputs.map(({ sql }, position) => `${sql.shown} AS c${position}`);
  const pairs = outputs.map(({ output }, position) => `${literal(output.name)}, r.c${position}`);
  const raw = groups.map((group) => group.compute(source).raw);
  const order = sortBy.map(({ output, direction }) => `${output.compute(source).raw} ${direction}`);
  const condition = where();
  return {
    object: `json_build_object(${pairs.join(', ')})`,
    rows: [
      `SELECT ${columns.join(', ')} FROM ${source.from()}${condition}`,
      raw.length === 0 ? '' : ` GROUP BY ${raw.join(', ')}`,
      order.length === 0 || raw.length === 0 ? '' : ` ORDER BY ${order.join(', ')}`,
    ].join(''),
  };
};

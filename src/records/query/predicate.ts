import type { RecordField } from './record-field.js';
import type { RecordRelation } from './record-relation.js';
import type { Source, StatementDraft } from './source.js';

/** A condition on a record: immutable, written as SQL as often as wanted. */
export interface Predicate {
  /** SQL condition on the record that `source` reads. */
  sql(source: Source): string;
}

/** Writes a test of an SQL expression. */
export type Write = (expression: string, parameter: StatementDraft['parameter']) => string;

const joined = (parts: readonly Predicate[], word: string, none: string): Predicate => {
  const [first, ...others] = parts;
  if (first === undefined) return { sql: () => none };
  if (others.length === 0) return first;
  return { sql: (source) => `(${parts.map((part) => part.sql(source)).join(word)})` };
};

export const all = (parts: readonly Predicate[]): Predicate => joined(parts, ' AND ', 'TRUE');
export const any = (parts: readonly Predicate[]): Predicate => joined(parts, ' OR ', 'FALSE');

/** Every record that does not meet `part`. What is unknown, because a value is null, is not met. */
export const not = (part: Predicate): Predicate => ({ sql: (source) => `(${part.sql(source)}) IS NOT TRUE` });

/** A test of a column. */
export const test = (field: RecordField, write: Write): Predicate => ({
  sql: (source) => write(source.column(field), source.draft.parameter),
});

/** A condition on the one record behind a relation; without one, its values are null. */
const onRelated = (relation: RecordRelation, part: Predicate): Predicate => ({
  sql: (source) => part.sql(source.join(relation)),
});

/** Some record behind a relation meets the whole condition. */
const someRelated = (relation: RecordRelation, part: Predicate): Predicate => ({
  sql: (source) => {
    const { source: far, reach } = source.beyond(relation);
    const condition = part.sql(far);
    return `EXISTS (SELECT FROM ${reach.from}${far.joined()} WHERE ${reach.on} AND ${condition})`;
  },
});

/** A condition on what is behind a relation. */
export const related = (relation: RecordRelation, part: Predicate): Predicate =>
  relation.isMany ? someRelated(relation, part) : onRelated(relation, part);

/** Some related record has an id that passes; without a test, there is one. */
export const someId = (relation: RecordRelation, write?: Write): Predicate => ({
  sql: (source) => {
    const { from, on, id } = source.ids(relation);
    const condition = write === undefined ? '' : ` AND ${write(id, source.draft.parameter)}`;
    return `EXISTS (SELECT FROM ${from} WHERE ${on}${condition})`;
  },
});

/** Each of these is the id of a related record. */
export const everyId = (relation: RecordRelation, ids: ReadonlySet<unknown>): Predicate => ({
  sql: (source) => {
    const { from, on, id } = source.ids(relation);
    const found = `${id} = ANY(${source.draft.parameter([...ids], `${relation.id.cast}[]`)})`;
    return `(SELECT count(DISTINCT ${id}) FROM ${from} WHERE ${on} AND ${found}) = ${source.draft.parameter(ids.size, 'integer')}`;
  },
});

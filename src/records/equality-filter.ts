import { quote } from '../definition/sql.js';
import { InvalidQueryError } from '../errors/record.error.js';
import type { Condition, RecordQueryParser } from './record-query.js';
import type { RecordStatements } from './record-statements.js';
import type { RecordFilter, WhereClause } from './where-clause.js';

/** The conditions that a list takes, as the WHERE clause of a change. */
export class EqualityFilter implements RecordFilter {
  constructor(
    private readonly queries: RecordQueryParser,
    private readonly statements: RecordStatements,
  ) {}

  where(query: Readonly<Record<string, unknown>>): WhereClause | null {
    const [stranger, ...others] = Object.keys(query)
      .filter((key) => ['page', 'limit', 'sortBy'].includes(key))
      .map((path) => {
        const message = `"${path}" means nothing here: all records that fit are changed. Use filter.<field>.`;
        return { path, code: 'unknown_parameter', message };
      });
    if (stranger !== undefined) throw new InvalidQueryError([stranger, ...others]);
    const { conditions } = this.queries.parse(query);
    if (conditions.length === 0) return null;
    const values: unknown[] = [];
    const parameter = (value: unknown) => `$${values.push(value)}`;
    return { sql: conditions.map((condition) => this.test(condition, parameter)).join(' AND '), values };
  }

  private test({ field, value }: Condition, parameter: (value: unknown) => string): string {
    const join = this.statements.joins.find((candidate) => candidate.field === field);
    if (join !== undefined) {
      const pairs = `EXISTS (SELECT FROM ${join.table} j WHERE j.source_id = t.id`;
      return value === null ? `NOT ${pairs})` : `${pairs} AND j.target_id = ${parameter(value)})`;
    }
    const column = field === null ? 't.id' : `t.${quote(field.physicalName)}`;
    return value === null ? `${column} IS NULL` : `${column} = ${parameter(value)}`;
  }
}

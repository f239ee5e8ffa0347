import { canonicalJson } from '../definition/canonical-json.js';
import { shortHash } from '../definition/identifiers.js';
import { TypeChangeUnsupportedError } from '../errors/schema-change.error.js';
import { OPERATIONS } from './operations/index.js';
import { diffSchemas } from './schema-diff.js';
import { PHASES } from './schema-operation.js';
import { SchemaPlan } from './schema-plan.js';
import type { SchemaState, TableState } from './schema-state.js';

/** Order of columns, constraints and indexes means nothing in PostgreSQL. */
const comparable = (table: TableState): string =>
  canonicalJson({
    ...table,
    label: '',
    columns: [...table.columns].map((column) => ({ ...column, label: '' })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    constraints: [...table.constraints]
      .map((item) => (item.kind === 'foreign_key' ? { ...item, references: item.references.tableId } : item))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    indexes: [...table.indexes].sort((a, b) => (a.name < b.name ? -1 : 1)),
  });

const retypedColumns = (reached: SchemaState, wanted: SchemaState) =>
  [...wanted.tables.values()].flatMap((table) =>
    table.columns.flatMap((column) => {
      const old = reached.tables.get(table.id)?.columns.find(({ id }) => id === column.id);
      if (old === undefined || old.sqlType === column.sqlType) return [];
      const message = `The type of "${column.label}" cannot change from ${old.sqlType} to ${column.sqlType} while keeping its values. Add a new field instead.`;
      return [{ path: column.label, code: 'type_change_unsupported', message }];
    }),
  );

/** Fields that have a column in one state and a join table in the other. */
const columnsTurnedTables = (columns: SchemaState, tables: SchemaState) =>
  [...columns.tables.values()].flatMap((table) =>
    table.columns
      .filter(({ id }) => tables.tables.has(id))
      .map(({ label }) => {
        const message = `"${label}" cannot change between a value and a relation to many. Add a new field instead.`;
        return { path: label, code: 'type_change_unsupported', message };
      }),
  );

/**
 * Finds the operations that turn one state into another.
 *
 * @throws TypeChangeUnsupportedError when a column would have to change its type.
 */
export const planSchema = (before: SchemaState, after: SchemaState): SchemaPlan => {
  const diff = diffSchemas(before, after);
  const operations = PHASES.flatMap((phase) =>
    OPERATIONS.filter((type) => type.phase === phase).flatMap((type) => type.detect(diff)),
  );
  const reached = operations.reduce((state, operation) => operation.apply(state), before);

  const [first, ...others] = [
    ...retypedColumns(reached, after),
    ...columnsTurnedTables(before, after),
    ...columnsTurnedTables(after, before),
  ];
  if (first !== undefined) throw new TypeChangeUnsupportedError([first, ...others]);
  const unreached = [...after.tables.values()].filter((table) => {
    const got = reached.tables.get(table.id);
    return got === undefined || comparable(got) !== comparable(table);
  });
  if (unreached.length > 0 || reached.tables.size !== after.tables.size) {
    throw new Error(`No operations lead to the wanted state of ${unreached.map(({ label }) => label).join(', ')}.`);
  }
  return new SchemaPlan(operations, shortHash(canonicalJson(operations.map((operation) => operation.toSql()))));
};

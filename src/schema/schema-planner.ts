import { canonicalJson } from '../definition/canonical-json.js';
import { OPERATIONS } from './operations/index.js';
import { type Conversions, diffSchemas } from './schema-diff.js';
import { PHASES } from './schema-operation.js';
import { SchemaPlan } from './schema-plan.js';
import type { SchemaState, TableState } from './schema-state.js';

/** Order of columns, constraints and indexes means nothing in PostgreSQL; labels and the words of a check are for people. */
const comparable = (table: TableState): string =>
  canonicalJson({
    ...table,
    label: '',
    columns: [...table.columns].map((column) => ({ ...column, label: '' })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    constraints: [...table.constraints]
      .map((item) =>
        'references' in item ? { ...item, references: item.references.tableId } : { ...item, expects: '' },
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    indexes: [...table.indexes].sort((a, b) => (a.name < b.name ? -1 : 1)),
  });

/**
 * Finds the operations that turn one state into another.
 *
 * @param conversions what becomes of the values of columns whose fields changed their type or options
 */
export const planSchema = (before: SchemaState, after: SchemaState, conversions?: Conversions): SchemaPlan => {
  const diff = diffSchemas(before, after, conversions);
  const operations = PHASES.flatMap((phase) =>
    OPERATIONS.filter((type) => type.phase === phase).flatMap((type) => type.detect(diff)),
  );
  const reached = operations.reduce((state, operation) => operation.apply(state), before);

  const unreached = [...after.tables.values()].filter((table) => {
    const got = reached.tables.get(table.id);
    return got === undefined || comparable(got) !== comparable(table);
  });
  if (unreached.length > 0 || reached.tables.size !== after.tables.size) {
    throw new Error(`No operations lead to the wanted state of ${unreached.map(({ label }) => label).join(', ')}.`);
  }
  return new SchemaPlan(before, operations);
};

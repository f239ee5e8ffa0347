import { quoteTable } from '../definition/sql.js';
import type { SchemaPlan } from '../schema/schema-plan.js';
import type { TableState } from '../schema/schema-state.js';

const parentsOf = ({ id, constraints }: TableState): readonly string[] =>
  constraints.flatMap((item) =>
    item.kind === 'foreign_key' && item.references.tableId !== id ? [item.references.tableId] : [],
  );

/** Parents first, so that every change takes its locks in one order, whatever the order of its operations. */
const parentsFirst = (tables: readonly TableState[]): readonly TableState[] => {
  const ordered = new Set<TableState>();
  const visit = (table: TableState, path: ReadonlySet<string>): void => {
    if (ordered.has(table)) return;
    for (const parent of tables) {
      if (parentsOf(table).includes(parent.id) && !path.has(parent.id)) visit(parent, new Set([...path, parent.id]));
    }
    ordered.add(table);
  };
  for (const table of [...tables].sort((a, b) => (a.id < b.id ? -1 : 1))) visit(table, new Set([table.id]));
  return [...ordered];
};

/**
 * The statement that takes all locks of a plan at once, each as strong as it will get: a lock that grows later is how
 * deadlocks begin. Undefined when there is one operation, which then takes its lock by itself, unless it looks at the rows before.
 */
export const lockStatement = (plan: SchemaPlan): string | undefined => {
  const touched = new Set(plan.operations.filter(({ lock }) => lock !== 'none').map(({ table }) => table.id));
  const existing = [...plan.before.tables.values()].filter(({ id }) => touched.has(id));
  const [first, ...others] = plan.operations;
  const isPlain = others.length === 0 && first?.asksAgain !== true;
  if (existing.length === 0 || isPlain) return undefined;
  return `LOCK TABLE ${parentsFirst(existing).map(quoteTable).join(', ')} IN ACCESS EXCLUSIVE MODE`;
};

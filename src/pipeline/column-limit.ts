import type { QueryRunner } from 'typeorm';
import { readCatalog } from '../database/introspector.js';
import { LimitReachedError } from '../errors/schema-change.error.js';
import type { CatalogTable } from '../schema/schema-drift.js';
import type { SchemaPlan } from '../schema/schema-plan.js';
import type { TableState } from '../schema/schema-state.js';

/** PostgreSQL's own limit is 1,600 columns in the life of a table: those that were dropped count too. */
const MOST_COLUMNS = 1500;
const MANY_COLUMNS = 1200;

const REST = 'Deleted fields count too. Create a new model and move the records there.';

/** @returns a warning when the table comes near the limit @throws LimitReachedError beyond it */
const checkTable = ({ label }: TableState, columns: number): readonly string[] => {
  if (columns > MOST_COLUMNS) {
    const message = `"${label}" would have had ${columns} columns, and a table takes ${MOST_COLUMNS} in its life. ${REST}`;
    throw new LimitReachedError(message);
  }
  if (columns < MANY_COLUMNS) return [];
  return [`"${label}" will have had ${columns} of the ${MOST_COLUMNS} columns that a table takes in its life. ${REST}`];
};

/** Tables that get columns, and how many. */
const growing = (plan: SchemaPlan) =>
  [...plan.after.tables.values()].flatMap((table) => {
    const before = plan.before.tables.get(table.id);
    const known = new Set(before?.columns.map(({ id }) => id));
    const added = table.columns.filter(({ id }) => !known.has(id)).length;
    return added === 0 ? [] : [{ table, before, added }];
  });

/** Looks at the tables after a change, before it is committed. @throws LimitReachedError well before PostgreSQL would refuse a column */
export const checkColumns = (plan: SchemaPlan, catalog: readonly CatalogTable[]): readonly string[] =>
  growing(plan).flatMap(({ table }) => {
    const found = catalog.find(({ name }) => name === table.name);
    return found === undefined ? [] : checkTable(table, found.columnsEver);
  });

/** The same before the change. @throws LimitReachedError */
export const foreseeColumns = async (plan: SchemaPlan, runner: QueryRunner): Promise<readonly string[]> => {
  const warnings: string[] = [];
  for (const { table, before, added } of growing(plan)) {
    const catalog = before === undefined ? [] : await readCatalog(runner, before.schema, [before.name]);
    warnings.push(...checkTable(table, added + (catalog[0]?.columnsEver ?? 0)));
  }
  return warnings;
};

import { quote } from '../../definition/sql.js';
import type { SqlStatement } from '../schema-operation.js';
import type { TableState } from '../schema-state.js';
import { type Ground, type PreparedOperation, preparedName } from './preparation.js';

/**
 * A constraint that holds for new rows at once, and is then proven for the rows that are there.
 *
 * @param name of the constraint that it is for @param condition as ADD CONSTRAINT takes it
 * @param rest what is left to do, given the name that it has until then
 */
export const preparedConstraint = (
  ground: Ground,
  { id }: TableState,
  name: string,
  condition: string,
  rest: (name: string) => readonly SqlStatement[],
): PreparedOperation => {
  const { label } = ground.state(id);
  const table = ground.table({ id });
  const prepared = preparedName(name);
  const dropped = `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${quote(prepared)}`;
  const added = `ALTER TABLE ${table} ADD CONSTRAINT ${quote(prepared)} ${condition} NOT VALID`;
  return {
    name,
    steps: [
      {
        kind: 'alter',
        tableId: id,
        description: `Hold new records of ${label} to the new rule`,
        sql: [added],
      },
      {
        kind: 'validate',
        tableId: id,
        description: `Check the existing records of ${label}`,
        sql: `ALTER TABLE ${table} VALIDATE CONSTRAINT ${quote(prepared)}`,
      },
    ],
    undo: [{ kind: 'alter', sql: [dropped] }],
    rest: rest(prepared),
  };
};

import { quote } from '../../definition/sql.js';
import type { SqlStatement } from '../schema-operation.js';
import type { TableState } from '../schema-state.js';
import { type Ground, type PreparedOperation, preparedName } from './preparation.js';

interface Wanted {
  readonly name: string;
  /** Ids of columns. */
  readonly columns: readonly string[];
  readonly kind: 'INDEX' | 'UNIQUE INDEX';
}

/** An index that is built while its table is read and written. @param rest what is left to do, given its name until then */
export const preparedIndex = (
  ground: Ground,
  { id }: TableState,
  { name, columns, kind }: Wanted,
  rest: (name: string) => readonly SqlStatement[],
): PreparedOperation => {
  const { label, schema } = ground.state(id);
  const index = preparedName(name);
  const sql = `CREATE ${kind} CONCURRENTLY ${quote(index)} ON ${ground.table({ id })} (${ground.columns({ id }, columns)})`;
  return {
    name,
    steps: [{ kind: 'index', tableId: id, description: `Build an index of ${label}`, sql, schema, index }],
    undo: [{ kind: 'drop_index', schema, index }],
    rest: rest(index),
  };
};

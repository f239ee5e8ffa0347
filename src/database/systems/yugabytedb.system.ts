import { UnsupportedDatabaseError } from '../../errors/database.error.js';
import { locksExclude, rollsBackTables } from './capabilities.js';
import type { DatabaseSystem } from './database-system.js';

/** Does what Dynamo needs only as it is set up. */
export const yugabytedb: DatabaseSystem = {
  name: 'YugabyteDB',
  isDistributing: false,
  isThis: ({ version }) => /-YB-|yugabyte/i.test(version),
  requireUsable: async (dataSource) => {
    if (!(await rollsBackTables(dataSource))) {
      throw new UnsupportedDatabaseError(
        'The server is YugabyteDB, and does not undo changes of tables with their transaction, so a model and its table could come to disagree. ' +
          'Set ysql_yb_ddl_transaction_block_enabled to true on its yb-tservers; docs/distributed.md tells more.',
      );
    }
    if (!(await locksExclude(dataSource))) {
      throw new UnsupportedDatabaseError(
        'The server is YugabyteDB, and its advisory locks keep nobody out, so two changes of a model could run at once. ' +
          'Use a version that has them, and switch them on; docs/distributed.md tells more.',
      );
    }
  },
};

import { UnsupportedDatabaseError } from '../../errors/database.error.js';
import type { DatabaseSystem } from './database-system.js';

/** Commits a change of a table apart from the transaction around it, so that definition and table could disagree. */
export const cockroachdb: DatabaseSystem = {
  name: 'CockroachDB',
  isDistributing: false,
  isThis: ({ version }) => /cockroach/i.test(version),
  requireUsable: async () => {
    throw new UnsupportedDatabaseError(
      'The server is CockroachDB, which does not change tables and rows in one transaction, so a model and its table could come to disagree. ' +
        'Use PostgreSQL 14 or newer; docs/distributed.md says what else there is.',
    );
  },
};

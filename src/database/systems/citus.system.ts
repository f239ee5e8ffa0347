import type { DatabaseSystem } from './database-system.js';

/** PostgreSQL, as long as its tables are not distributed; that is asked before each of them is changed. */
export const citus: DatabaseSystem = {
  name: 'Citus',
  isDistributing: true,
  isThis: ({ extensions }) => extensions.includes('citus'),
  requireUsable: async () => undefined,
};

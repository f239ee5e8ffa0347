import { createDatabase } from '../support/database.js';
import { ADMIN_KEY, buildServer, type ServerProcess, startServer } from '../support/process.js';
import { EDITS } from './edits.js';
import { openPostgresWire } from './postgres-wire.js';
import { type Arena, type Outcome, rehearse, strike } from './sweep.js';

/** How many points there were, and what went wrong at some. */
export interface KillReport {
  readonly points: number;
  readonly done: number;
  readonly complaints: readonly Outcome[];
}

/**
 * Kills the server before and after every statement of every kind of edit, and starts it again.
 *
 * @param every 1 for all points, 10 for each tenth
 */
export const killEverywhere = async (every: number, say: (line: string) => void): Promise<KillReport> => {
  const home = await buildServer();
  const database = await createDatabase();
  const wire = await openPostgresWire(database.url);
  const start = () => startServer(home, { PORT: '0', DATABASE_URL: wire.url, DYNAMO_ADMIN_KEY: ADMIN_KEY });
  let server: ServerProcess = await start();
  let ending: Promise<unknown> | undefined;
  const arena: Arena = {
    database,
    wire,
    http: () => server.http,
    kill: () => (ending = server.stop('SIGKILL')),
    revive: async () => {
      await ending;
      server = await start();
    },
  };
  const outcomes: Outcome[] = [];
  try {
    for (const [number, edit] of EDITS.entries()) {
      const rehearsal = await rehearse(arena, edit);
      for (let point = number % every; point < rehearsal.statements.length * 2; point += every) {
        const fate = point % 2 === 0 ? 'lost' : 'unanswered';
        const outcome = await strike(arena, edit, rehearsal, Math.floor(point / 2), fate);
        if (outcome.complaint !== '') say(`${outcome.edit}, ${outcome.point}: ${outcome.complaint}`);
        outcomes.push(outcome);
      }
      say(`${edit.name}: ${rehearsal.statements.length} statements`);
    }
  } finally {
    await server.stop();
    await wire.close();
    await database.drop();
  }
  return {
    points: outcomes.length,
    done: outcomes.filter(({ state }) => state === 'after').length,
    complaints: outcomes.filter(({ complaint }) => complaint !== ''),
  };
};

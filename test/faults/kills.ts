import { Random } from '../fuzz/random.js';
import { createDatabase } from '../support/database.js';
import { ADMIN_KEY, buildServer, type ServerProcess, startServer } from '../support/process.js';
import { type Edit, EDITS } from './edits.js';
import { openPostgresWire } from './postgres-wire.js';
import { type Arena, killAfter, type Outcome, type Rehearsal, rehearse, strike } from './sweep.js';

/** How many points there were, and what went wrong at some. */
export interface KillReport {
  readonly points: number;
  readonly done: number;
  readonly complaints: readonly Outcome[];
}

/** So many times as long an edit takes on a server that has just been started. */
const COLD = 2;

/** What is killed, and how often. */
export interface Kills {
  /** Before and after every statement: 1 for all points, 10 for each tenth, Infinity for none. */
  readonly every: number;
  /** At so many moments besides, of any kind of edit. */
  readonly moments: number;
  readonly seed: number;
}

/** Kills the server while it makes each kind of edit, and starts it again. */
export const killEverywhere = async (
  { every, moments, seed }: Kills,
  say: (line: string) => void,
): Promise<KillReport> => {
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
  const random = new Random(seed);
  const note = (outcome: Outcome) => {
    if (outcome.complaint !== '') say(`${outcome.edit}, ${outcome.point}: ${outcome.complaint}`);
    outcomes.push(outcome);
  };
  try {
    const rehearsals: { readonly edit: Edit; readonly rehearsal: Rehearsal }[] = [];
    for (const [number, edit] of EDITS.entries()) {
      const rehearsal = await rehearse(arena, edit);
      rehearsals.push({ edit, rehearsal });
      for (
        let point = Number.isFinite(every) ? number % every : Infinity;
        point < rehearsal.statements.length * 2;
        point += every
      ) {
        const fate = point % 2 === 0 ? 'lost' : 'unanswered';
        note(await strike(arena, edit, rehearsal, Math.floor(point / 2), fate));
      }
      say(`${edit.name}: ${rehearsal.statements.length} statements`);
    }
    for (let number = 0; number < moments; number += 1) {
      const { edit, rehearsal } = random.pick(rehearsals);
      note(await killAfter(arena, edit, rehearsal, random.next() * COLD * rehearsal.milliseconds));
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

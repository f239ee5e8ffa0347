import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startApp, type TestServer } from '../support/server.js';
import { EDITS } from './edits.js';
import { openPostgresWire, type PostgresWire } from './postgres-wire.js';
import { type Arena, rehearse, strike } from './sweep.js';
import { rounds } from '../support/rounds.js';

/** Of all points one of so many; `npm run soak:kills` takes them all, and kills the server at each. */
const EVERY = rounds(37, 3);

describe('a change whose connection is lost', () => {
  let database: TestDatabase;
  let wire: PostgresWire;
  let server: TestServer;
  let arena: Arena;

  beforeAll(async () => {
    database = await createDatabase();
    wire = await openPostgresWire(database.url);
    server = await startApp({ database: { ...database, url: wire.url, options: { type: 'postgres', url: wire.url } } });
    arena = { database, wire, http: () => server.http };
  });
  afterAll(async () => {
    await server?.close();
    await wire?.close();
    await database?.drop();
  });

  it.each(EDITS.map((edit, number) => ({ ...edit, number })))(
    'is done or not done, and never half: $name',
    async ({ number, ...edit }) => {
      const rehearsal = await rehearse(arena, edit);
      const complaints: string[] = [];
      for (let point = number % EVERY; point < rehearsal.statements.length * 2; point += EVERY) {
        const fate = point % 2 === 0 ? 'lost' : 'unanswered';
        const outcome = await strike(arena, edit, rehearsal, Math.floor(point / 2), fate);
        if (outcome.complaint !== '') complaints.push(`${outcome.point}: ${outcome.complaint}`);
      }

      expect(rehearsal.after).not.toBe(rehearsal.before);
      expect(complaints).toEqual([]);
    },
  );
});

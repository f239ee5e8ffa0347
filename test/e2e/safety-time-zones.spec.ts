import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModel } from '../fixtures/arrange.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import type { PageBody } from '../support/http.js';
import { buildServer, startServer, type ServerProcess } from '../support/process.js';

const ZONES = ['America/St_Johns', 'Asia/Kathmandu', 'Europe/Lisbon'];
const PATH = '/api/zones/event';
/** In Lisbon this day has no such hour. */
const EVENT = { name: 'gap', moment: '2026-03-29T01:30:00+00:00', day: '2026-03-29' };

describe('66 three servers in three time zones', () => {
  let database: TestDatabase;
  let servers: readonly ServerProcess[] = [];

  beforeAll(async () => {
    database = await createDatabase();
    const home = await buildServer();
    const start = (zone: string) => startServer(home, { DATABASE_URL: database.url, PORT: '0', TZ: zone });
    for (const zone of ZONES) servers = [...servers, await start(zone)];
    await defineModel(servers[0].http, {
      app: 'zones',
      name: 'Event',
      fields: [
        { name: 'name', type: 'char' },
        { name: 'moment', type: 'date_time' },
        { name: 'day', type: 'date' },
      ],
    });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database?.drop();
  });

  it('store, answer and find the same moment and the same day', async () => {
    await Promise.all(servers.map(({ http }) => http.get(`${PATH}?limit=1`)));
    for (const { http } of servers) await http.post(PATH, EVENT);

    const lists = await Promise.all(
      servers.map(({ http }) =>
        http.get<PageBody>(
          `${PATH}?select=moment,day&filter.day=$lte:2026-03-29&filter.moment=$btw:2026-03-29T02:30:00%2B01:00,2026-03-29T01:30:00Z`,
        ),
      ),
    );

    const event = { moment: '2026-03-29T01:30:00Z', day: '2026-03-29' };
    const data = [1, 2, 3].map((id) => ({ id, ...event }));
    expect(lists.map(({ body, text }) => body.data ?? text)).toEqual([data, data, data]);
  });
});

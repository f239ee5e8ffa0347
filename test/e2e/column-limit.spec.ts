import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { columnNames, tableRows } from '../fixtures/catalogue.js';
import type { PlanBody } from '../fixtures/plan.js';
import { problem } from '../fixtures/problem.js';
import { SONGS, songModel } from '../fixtures/song.js';
import type { Http, ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const FIELD = { name: 'key', type: 'char' };

/** PostgreSQL counts the columns that a table ever had, and refuses the 1,601st for good. */
describe('a table that has had many columns in its life', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const addField = () => http.post(`/api/meta/models/${song.id}/fields`, FIELD);
  const plan = () => http.post<PlanBody>('/api/meta/plan', { action: 'create_field', model: song.id, values: FIELD });
  /** Uses up columns until the table has had `total`; PostgreSQL gives the number back with none of them. */
  const age = (total: number) =>
    server.database.query(
      `DO $$ BEGIN
         FOR n IN (SELECT max(attnum) + 1 FROM pg_attribute WHERE attrelid = '${app}_song'::regclass)..${total} LOOP
           EXECUTE 'ALTER TABLE public.${app}_song ADD COLUMN used_up integer';
           EXECUTE 'ALTER TABLE public.${app}_song DROP COLUMN used_up';
         END LOOP;
       END $$`,
    );

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `aged${count}`;
    song = await defineModel(http, songModel(app));
    await createRecords(http, `/api/${app}/song`, SONGS);
  });

  it('is changed without a warning while it is young', async () => {
    await age(1000);

    const planned = await plan();

    expect(planned).toMatchObject({ status: 200, body: { warnings: [] } });
    expect(await addField()).toMatchObject({ status: 201 });
  }, 60_000);

  it('is warned about when its plan is asked for, and still changed', async () => {
    await age(1250);

    const planned = await plan();

    expect(planned).toMatchObject({ status: 200, body: { warnings: [expect.stringMatching(/column/)] } });
    expect(planned.body.warnings[0]).toMatch(/125\d|1,25\d|1,?500|1,?600/);
    expect(await addField()).toMatchObject({ status: 201 });
    expect(await tableRows(server.database, `${app}_song`)).toMatchObject(SONGS);
  }, 60_000);

  it('takes no further column in good time before PostgreSQL refuses', async () => {
    await age(1501);

    const answer = await addField();

    expect(answer).toMatchObject(problem(400, 'limit_reached', /column/));
    expect(await columnNames(server.database, `${app}_song`)).toEqual(['id', 'name', 'composer', 'year']);
    expect(await plan()).toMatchObject({ status: 400, body: { code: 'limit_reached' } });
  }, 60_000);

  it('goes on with all that needs no further column', async () => {
    await age(1501);

    const renamed = await http.patch(`/api/meta/fields/${fieldOf(song, 'name').id}`, { name: 'title' });
    const retyped = await http.patch(`/api/meta/fields/${fieldOf(song, 'year').id}`, { type: 'text' });
    const dropped = await http.delete(`/api/meta/fields/${fieldOf(song, 'composer').id}`);

    expect([renamed, retyped, dropped]).toMatchObject([{ status: 200 }, { status: 200 }, { status: 204 }]);
    expect(await tableRows(server.database, `${app}_song`)).toMatchObject([
      { title: 'Wave', year: '1967' },
      { title: 'Triste', year: '1966' },
      { title: `O'Rock`, year: null },
    ]);
  }, 60_000);
});

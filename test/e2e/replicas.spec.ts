import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findEmbeddedBinaries } from '../../src/database/embedded-postgres/binaries.js';
import { Replicas } from '../../src/database/replicas/replicas.js';
import { defineModel } from '../fixtures/arrange.js';
import { listenTo } from '../support/event-client.js';
import { eventually } from '../support/eventually.js';
import { type Answer, type Http, httpClient } from '../support/http.js';
import { type ReplicatedPostgres, startReplicatedPostgres } from '../support/replicated-postgres.js';
import { startApp, type TestServer } from '../support/server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const PATH = '/api/far/thing';
const THING = { app: 'far', name: 'Thing', fields: [{ name: 'name', type: 'char' }] };

const positionOf = ({ headers }: Answer): string => headers.get('x-write-position') ?? '';

/** Two servers are needed, and those that are brought by DATABASE_URL are one. */
const areThere = await findEmbeddedBinaries().then(
  () => true,
  () => false,
);

(areThere ? describe : describe.skip)('records with a streaming replica', () => {
  let postgres: ReplicatedPostgres;
  let proxy: TcpProxy;
  let server: TestServer;

  const pause = async () => {
    await postgres.onReplica('SELECT pg_wal_replay_pause()');
    await eventually(
      () => postgres.onReplica<{ state: string }>('SELECT pg_get_wal_replay_pause_state() AS state'),
      ([row]) => row?.state === 'paused',
    );
  };
  const resume = () => postgres.onReplica('SELECT pg_wal_replay_resume()');
  const look = (app = server) => app.app.get(Replicas).look();
  const wanting = (position: string) => httpClient(server.url, { 'x-write-position': position });
  const names = async (http: Http = server.http): Promise<readonly unknown[]> => {
    const { body } = await http.get<{ data: { name: string }[] }>(`${PATH}?sortBy=id:ASC`);
    return body.data.map(({ name }) => name);
  };
  /** From now on the replica stays as it is, and is one to read from. */
  const freeze = async (app = server) => {
    await resume();
    const [{ lsn }] = await postgres.primary.query<{ lsn: string }>('SELECT pg_current_wal_lsn()::text AS lsn');
    const isThere = `SELECT pg_last_wal_replay_lsn() >= '${lsn}' AS "isThere"`;
    await eventually(
      () => postgres.onReplica<{ isThere: boolean }>(isThere),
      ([row]) => row?.isThere === true,
    );
    await pause();
    // The one under way may have begun before.
    await look(app);
    await look(app);
  };

  beforeAll(async () => {
    postgres = await startReplicatedPostgres();
    proxy = await startTcpProxy(postgres.replicaUrl);
    server = await startApp({ database: postgres.primary, options: { readFromReplicas: [proxy.url] } });
    await defineModel(server.http, THING);
    await server.http.post(PATH, { name: 'one' });
  });
  afterAll(async () => {
    await server?.close();
    await proxy?.close();
    await postgres?.drop();
  });

  it('come from the replica, but for whoever has written something it lacks', async () => {
    await freeze();

    const created = await server.http.post(PATH, { name: 'two' });
    const changed = await server.http.patch(`${PATH}/1`, { name: 'first' });
    const own = wanting(positionOf(changed));

    expect(await names()).toEqual(['one']);
    expect(await server.http.get(`${PATH}/2`)).toMatchObject({ status: 404 });
    expect((await server.http.get(`${PATH}?aggregate=count`)).body).toEqual({ data: [{ count: 1 }] });
    expect((await server.http.get(`${PATH}/export?format=ndjson`)).text).toBe('{"id":1,"name":"one"}\n');

    expect(positionOf(created)).toMatch(/^1-0\/[0-9A-F]+$/);
    expect(await names(own)).toEqual(['first', 'two']);
    expect((await own.get(`${PATH}/2`)).body).toEqual({ id: 2, name: 'two' });
    expect((await own.get(`${PATH}?aggregate=count`)).body).toEqual({ data: [{ count: 2 }] });
    expect((await own.get(`${PATH}/export?format=ndjson`)).text).toContain('two');
    expect(await server.models.records('far.Thing').retrieve(2)).toEqual({ id: 2, name: 'two' });
  });

  it('are fresh for a browser that has just written, which keeps a cookie', async () => {
    const browser = httpClient(server.url, { cookie: 'session=1' });
    const written = await browser.patch(`${PATH}/2`, { name: 'second' });
    const cookie = written.headers.get('set-cookie') ?? '';

    expect(cookie).toMatch(/^dynamo_written=1-0\/[0-9A-F]+; Max-Age=11; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await names(httpClient(server.url, { cookie: `session=1; ${cookie.replace(/;.*/, '')}` }))).toContain(
      'second',
    );
    expect(await names()).toEqual(['one']);
  });

  it('are as new as the events that tell of them', async () => {
    const listener = await listenTo(server.url, '?models=far/thing');
    await server.http.patch(`${PATH}/1`, { name: 'heard' });
    await listener.heard('records');
    const id = /^event: records\n.*\nid: (.*)$/m.exec(listener.text)?.[1] ?? '';
    listener.close();

    expect(listener.text).toMatch(/^event: ready\n.*\nid: 1-0\/[0-9A-F]+$/m);
    expect(await names()).toEqual(['one']);
    expect(await names(wanting(id))).toContain('heard');
    await server.http.patch(`${PATH}/1`, { name: 'first' });
  });

  it('are not told to have been written where nothing was', async () => {
    const read = await server.http.post(`${PATH}/query`, { filter: { id: 1 } });

    expect([read.status, positionOf(read)]).toEqual([200, '']);
  });

  it.each(['', 'yesterday', '1-0', '1-0/XYZ', '16/B374D848', '1-0/1B374D8480'])(
    'are not shown to whoever names the position "%s"',
    async (position) => {
      expect(await wanting(position).get(PATH)).toMatchObject({
        status: 400,
        body: {
          code: 'invalid_write_position',
          detail:
            'X-Write-Position must be what an earlier answer had in the header of that name, such as 1-0/16B3748. Send that, or leave it out.',
        },
      });
    },
  );

  it('are not read from a table that is older than the model', async () => {
    await server.models.addField('far.Thing', { name: 'size', type: 'integer' });

    expect((await server.http.get(`${PATH}/1`)).body).toEqual({ id: 1, name: 'first', size: null });

    await freeze();
    await server.http.patch(`${PATH}/1`, { size: 2 });

    expect((await server.http.get(`${PATH}/1`)).body).toEqual({ id: 1, name: 'first', size: null });
    await server.http.patch(`${PATH}/1`, { size: null });
  });

  it('come from the primary when the replica is too late', async () => {
    const options = { readFromReplicas: [proxy.url], replicaMaxLag: 2000 };
    const strict = await startApp({ database: postgres.primary, options });
    const size = async () => (await strict.http.get<{ size: number | null }>(`${PATH}/1`)).body.size;
    await freeze(strict);
    await server.http.patch(`${PATH}/1`, { size: 3 });

    const first = await size();
    const last = await eventually(size, (value) => value === 3);
    await strict.close();

    expect([first, last]).toEqual([null, 3]);
  });

  it('come from the primary when the replica hangs, also those that were asked for before', async () => {
    await look();
    proxy.hang();
    const start = performance.now();
    const answers = await Promise.all([server.http.get(`${PATH}/1`), server.http.get(PATH)]);
    const took = performance.now() - start;
    proxy.heal();

    expect(answers).toMatchObject([{ status: 200, body: { size: 3 } }, { status: 200 }]);
    expect(took).toBeLessThan(6000);
  });

  it('come from the primary when the replica dies, and again from the replica when it is back', async () => {
    await freeze();
    await server.http.patch(`${PATH}/1`, { size: 4 });
    const before = await server.http.get(`${PATH}/1`);
    const asking = Promise.all(Array.from({ length: 50 }, () => server.http.get(`${PATH}/1`)));
    await postgres.killReplica();
    const answers = [...(await asking), await server.http.get(`${PATH}/1`)];

    await postgres.startReplica();
    await freeze();
    await server.http.patch(`${PATH}/1`, { size: 5 });
    const after = await server.http.get(`${PATH}/1`);

    expect(before.body).toMatchObject({ size: 3 });
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.at(-1)?.body).toMatchObject({ size: 4 });
    expect(after.body).toMatchObject({ size: 4 });
  });

  it('come from the replicas of a data source, too', async () => {
    const replication = { master: { url: postgres.primary.url }, slaves: [{ url: postgres.replicaUrl }] };
    const options = { readFromReplicas: true };
    const other = await startApp({ database: postgres.primary, options, typeorm: { replication } });
    await freeze(other);
    await server.http.patch(`${PATH}/1`, { size: 6 });

    const { body } = await other.http.get(`${PATH}/1`);
    const { id } = await other.models.records('far.Thing').create({ name: 'own' });
    const own = await other.models.records('far.Thing').retrieve(String(id));
    await other.close();

    expect(body).toMatchObject({ size: 5 });
    expect(own).toMatchObject({ name: 'own' });
  });

  it('come from the primary when the replica was promoted', async () => {
    await resume();
    await postgres.onReplica('SELECT pg_promote()');
    await look();
    await server.http.patch(`${PATH}/1`, { size: 7 });

    expect((await server.http.get(`${PATH}/1`)).body).toMatchObject({ size: 7 });
  });

  it('are there when the replica is not, from the start', async () => {
    const nobody = 'postgres://nobody@127.0.0.1:1/none';
    const alone = await startApp({ database: postgres.primary, options: { readFromReplicas: [nobody] } });

    const { status } = await alone.http.get(`${PATH}/1`);
    await alone.close();

    expect(status).toBe(200);
  });
});

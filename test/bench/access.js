// What it costs to ask who may do what: the same server with access off, for a superuser, and for a user with
// permissions, who comes with an API key or in a session.
import { parseArgs } from 'node:util';
import { killChildren, startChild } from './child.js';
import { openClient } from './client.js';
import { startDatabases } from './database.js';
import { DYNAMO } from './records/cases.js';
import { measureCases } from './records/measure.js';
import { fillProducts, MODELS } from './records/products.js';
import { recordsReport } from './records/records-report.js';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
  },
});

const say = (text) => process.stderr.write(`${text}\n`);

const PASSWORD = 'four unrelated words of a benchmark';
const ACTIONS = ['view', 'add', 'change', 'delete'];

const start = async (file, database) => {
  const child = startChild(file, { BENCH_DATABASE: database, NODE_ENV: 'production' });
  const { url } = await child.receive('listening');
  return { child, url };
};

const sent = async (client, path, body, expected = 201) => {
  const answer = await client.post(path, body);
  if (answer.status !== expected) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** A user who may do with products and categories what people do. */
const makeUser = async (url) => {
  const client = openClient(url);
  const permissions = MODELS.flatMap(({ app, name }) => ACTIONS.map((action) => ({ model: `${app}.${name}`, action })));
  await sent(client, '/api/meta/users', { email: 'ada@example.com', password: PASSWORD, permissions });
  const { key } = await sent(client, '/api/meta/keys', { user: 'ada@example.com', name: 'bench' });
  client.close();
  const login = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.com', password: PASSWORD }),
  });
  return { key, cookie: login.headers.get('set-cookie')?.split(';', 1)[0] };
};

const run = async (databases) => {
  const database = await databases.create();
  const closed = await start('records/dynamo.process.js', database);
  const children = [closed.child];
  try {
    const client = openClient(closed.url);
    await sent(client, '/api/meta/models', MODELS);
    client.close();
    await fillProducts(database);
    const open = await start('records/open.process.js', database);
    children.push(open.child);
    const { key, cookie } = await makeUser(closed.url);
    const servers = [
      { title: 'access off', ...open, headers: {} },
      { title: 'superuser', ...closed },
      { title: 'API key', ...closed, headers: { authorization: `Bearer ${key}` } },
      { title: 'session', ...closed, headers: { cookie } },
    ].map((server) => ({ ...server, dialect: DYNAMO }));
    const settings = {
      connections: Number(options.connections),
      rounds: Number(options.rounds),
      seconds: Number(options.seconds),
    };
    const results = [];
    for (const cases of ['retrieve', 'list of 20 without', 'filtered']) {
      results.push(...(await measureCases(servers, { ...settings, database, warmUp: 1, cases, say })));
    }
    return { about: databases.description, ...settings, results, servers: [] };
  } finally {
    for (const child of children) await child.stop();
  }
};

const databases = await startDatabases();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    killChildren();
    void databases.stop().finally(() => process.exit(1));
  });
}
try {
  console.log(recordsReport(await run(databases)));
} finally {
  await databases.stop();
}

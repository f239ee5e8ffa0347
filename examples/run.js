// Starts an example: `node examples/run.js cms`, on the PostgreSQL at DATABASE_URL or on an embedded one of its own.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../dist/server.database.js';

const [name] = process.argv.slice(2);
const database = await openDatabase({
  databaseUrl: process.env.DATABASE_URL || undefined,
  dataDirectory: process.env.DYNAMO_DATA || `.dynamo/examples/${name}`,
});

const hooks = new URL('../test/support/typescript.js', import.meta.url).href;
const main = fileURLToPath(new URL(`./${name}/main.ts`, import.meta.url));
const app = spawn(process.execPath, ['--import', hooks, main], {
  env: { ...process.env, DATABASE_URL: database.url },
  stdio: 'inherit',
});
// Ctrl-C reaches both; the database goes last.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal));
app.once('close', async (code) => {
  await database.stop();
  process.exitCode = code ?? 0;
});

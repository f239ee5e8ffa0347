import { randomInt } from 'node:crypto';
import 'reflect-metadata';
import startDatabase from '../../support/global-setup.js';
import stopDatabase from '../../support/global-teardown.js';

const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 30));
const seconds = Number(process.env.FUZZ_SECONDS ?? 3600);
const requests = Number(process.env.FUZZ_REQUESTS ?? Infinity);
const adapter = process.env.FUZZ_ADAPTER ?? 'fastify';

console.log(`${seconds} s against ${adapter}, FUZZ_SEED=${seed}`);
const crashes = [];
await startDatabase();
try {
  const { fuzzHttp } = await import('./fuzz-http.ts');
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => crashes.push(error));
  const { summary, failures } = await fuzzHttp(seed, { seconds, requests }, adapter);
  console.log(summary);
  for (const failure of failures) console.error(`\n${failure}`);
  for (const crash of crashes) console.error('\nNobody has caught', crash);
  if (failures.length + crashes.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopDatabase();
}

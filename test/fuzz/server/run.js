import { randomInt } from 'node:crypto';
import 'reflect-metadata';
import startDatabase from '../../support/global-setup.js';
import stopDatabase from '../../support/global-teardown.js';

const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 30));
const seconds = Number(process.env.FUZZ_SECONDS ?? 3600);

console.log(`${seconds} s, FUZZ_SEED=${seed}`);
const end = performance.now() + seconds * 1000;
await startDatabase();
try {
  const { serverFuzz } = await import('./server-fuzz.ts');
  const { requests, answers, faults } = await serverFuzz(seed, () => performance.now() > end);
  console.log(`${requests} requests`, answers);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  await stopDatabase();
}

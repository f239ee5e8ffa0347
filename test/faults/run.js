import { randomInt } from 'node:crypto';
import 'reflect-metadata';
import startDatabase from '../support/global-setup.js';
import stopDatabase from '../support/global-teardown.js';

// Each of so many points of every kind of edit; FAULTS_EVERY=Infinity leaves only the moments.
const every = Number(process.env.FAULTS_EVERY ?? 1);
const moments = Number(process.env.FAULTS_MOMENTS ?? 200);
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 30));
const start = performance.now();
await startDatabase();
try {
  const { killEverywhere } = await import('./kills.ts');
  const { points, done, complaints } = await killEverywhere({ every, moments, seed }, (line) => console.log(line));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${points} kills, ${done} edits done and the others not, ${complaints.length} faults, ${seconds} s, FUZZ_SEED=${seed}`,
  );
  if (complaints.length > 0) process.exitCode = 1;
} finally {
  await stopDatabase();
}

import { randomInt } from 'node:crypto';
import 'reflect-metadata';
import startDatabase from '../support/global-setup.js';
import stopDatabase from '../support/global-teardown.js';

const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 30));
const edits = Number(process.env.FUZZ_EDITS ?? 10_000);

console.log(`${edits} edits, FUZZ_SEED=${seed}`);
const start = performance.now();
await startDatabase();
try {
  const { fuzz } = await import('./fuzz.ts');
  const { summary, divergence } = await fuzz(seed, edits);
  console.log(`${summary}\n  ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (divergence !== null) {
    console.error(divergence);
    process.exitCode = 1;
  }
} finally {
  await stopDatabase();
}

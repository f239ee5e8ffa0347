// Long forms of what happens to several nodes: those that are named, or all. SOAK_SIZE=0.1 makes each a tenth as long.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import 'reflect-metadata';
import startDatabase from '../support/global-setup.js';
import stopDatabase from '../support/global-teardown.js';

const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 30));
const size = Number(process.env.SOAK_SIZE ?? 1);
const given = process.argv.slice(2);
let faulty = 0;

await startDatabase();
try {
  const { RUNS } = await import('./runs.ts');
  for (const name of given.length > 0 ? given : Object.keys(RUNS)) {
    const { about, run } = RUNS[name];
    console.log(`${name}: ${about} (FUZZ_SEED=${seed}, SOAK_SIZE=${size})`);
    const start = performance.now();
    const { lines, faults } = await run(seed, size);
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    for (const line of lines) console.log(`  ${line}`);
    for (const fault of faults.slice(0, 20)) console.error(`  FAULT ${fault}`);
    console.log(`  ${faults.length} faults, ${seconds} s, load ${loadavg()[0].toFixed(1)}\n`);
    if (faults.length > 0) faulty += 1;
  }
} finally {
  await stopDatabase();
}
if (given.length === 0) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('lost-commits.js', import.meta.url))], {
    stdio: 'inherit',
  });
  if (status !== 0) faulty += 1;
}
// Connections of databases that are gone keep nothing alive.
process.exit(faulty === 0 ? 0 : 1);

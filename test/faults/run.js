import 'reflect-metadata';
import startDatabase from '../support/global-setup.js';
import stopDatabase from '../support/global-teardown.js';

const every = Number(process.env.FAULTS_EVERY ?? 1);
const start = performance.now();
await startDatabase();
try {
  const { killEverywhere } = await import('./kills.ts');
  const { points, done, complaints } = await killEverywhere(every, (line) => console.log(line));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${points} kills, ${done} edits done and the others not, ${complaints.length} faults, ${seconds} s`);
  if (complaints.length > 0) process.exitCode = 1;
} finally {
  await stopDatabase();
}

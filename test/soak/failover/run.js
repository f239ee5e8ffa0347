// Failover under load, with Debian's packages postgresql and haproxy: SOAK_ROUNDS times, 5 unless told. With
// FAILOVER_ASYNC=1 commits do not wait for the replica; with FAILOVER_CUT=1, too, it is cut off a second before, which
// must be seen as lost writes.
import 'reflect-metadata';
import '../../support/typescript.js';

const { endAll, findPrograms } = await import('./machine.ts');
const programs = findPrograms();
if (programs === undefined) {
  console.log('Skipped: it needs PostgreSQL and haproxy from Debian (apt-get install postgresql haproxy).');
  process.exit();
}
const { failOver } = await import('./failover.ts');
const rounds = Number(process.env.SOAK_ROUNDS ?? 5);
const mayLose = process.env.FAILOVER_ASYNC !== undefined;
const mustLose = process.env.FAILOVER_CUT !== undefined;
const results = await failOver(programs, rounds, !mayLose, ({ faults, ...figures }) => {
  console.log(JSON.stringify(figures));
  for (const fault of faults.slice(0, 20)) console.error(fault);
}).finally(endAll);
const lost = results.reduce((sum, round) => sum + round.lost + round.lostFields, 0);
const faults = results.reduce((sum, round) => sum + round.faults.length, 0);
const slowest = Math.max(...results.map(({ recovery }) => recovery));
console.log(
  `${results.length} failovers, ${lost} acknowledged writes lost, ${faults} faults, back after ${slowest} ms at most`,
);
if (faults > 0 || (lost > 0 && !mayLose) || (lost === 0 && mustLose)) process.exitCode = 1;

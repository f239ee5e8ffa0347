import { Random } from '../../fuzz/random.js';
import { startCluster } from '../kit/cluster.js';
import { Tally } from '../kit/figures.js';
import { PausedRound } from './paused-round.js';

export interface PausedReport {
  /** What became of the first writes of a node that had slept. */
  readonly tries: Tally;
  readonly faults: readonly string[];
}

/** A node is stopped (SIGSTOP) while fields are renamed, swapped, dropped and retyped, and goes on (SIGCONT), so many times. */
export const runPaused = async (seed: number, count: number): Promise<PausedReport> => {
  const cluster = await startCluster(3);
  const tries = new Tally();
  const faults: string[] = [];
  try {
    for (let number = 0; number < count; number += 1) {
      const round = new PausedRound(cluster, `paused${number}x`, new Random(seed + number), tries);
      await round.run();
      faults.push(...round.faults.map((fault) => `round ${number}: ${fault}`));
    }
  } finally {
    for (const node of cluster.nodes) if (!node.isUp) node.resume();
    await cluster.close();
  }
  return { tries, faults };
};

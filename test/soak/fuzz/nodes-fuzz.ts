import { ENABLED } from '../../fuzz/enabled.js';
import { Random } from '../../fuzz/random.js';
import { Session } from '../../fuzz/session.js';
import { Summary } from '../../fuzz/summary.js';
import { type Cluster, startCluster } from '../kit/cluster.js';
import { Tally } from '../kit/figures.js';
import { anyNode, versionNow } from './any-node.js';
import { checkDocuments } from './documents.js';
import { Troubles } from './troubles.js';

export interface NodesFuzzReport {
  readonly summary: Summary;
  readonly troubles: Tally;
  /** Where something differs; empty when nothing does. */
  readonly faults: readonly string[];
}

const EDITS_PER_RUN = 50;
/** So many edits between looks at what all nodes say. */
const BATCH = 10;
/** After so many differences it is no use to go on. */
const MOST_FAULTS = 10;

const run = async (
  cluster: Cluster,
  troubles: Troubles,
  summary: Summary,
  seed: number,
  edits: number,
): Promise<string | null> => {
  const random = new Random(seed);
  const http = anyNode(cluster.database, troubles, await versionNow(cluster.database));
  const session = new Session(http, cluster.database, { app: `f${summary.runs}`, models: new Map() }, summary);
  try {
    await session.arrange(seed);
    for (const end = summary.edits + edits; summary.edits < end;) {
      const step = { command: random.pick(ENABLED.commands), writes: random.int(3), seed: random.int(2 ** 31) };
      const isEdit = await session.step(step);
      if (!isEdit || summary.edits % BATCH !== 0) continue;
      await troubles.over();
      await checkDocuments(cluster, session.world);
    }
    await troubles.over();
    await session.finish();
    return null;
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [`FUZZ_SEED=${seed - 1} and 50 edits: ${text}`, ...session.trace.slice(-25)].join('\n');
  }
};

/** Runs on nodes and a database of their own, until there are enough edits or something differs. @returns what differs */
const campaign = async (
  seed: number,
  edits: number,
  summary: Summary,
  happened: Tally,
  ran: () => void,
): Promise<string | null> => {
  const cluster = await startCluster(3);
  const troubles = new Troubles(cluster, new Random(seed + summary.runs), happened);
  try {
    while (summary.edits < edits) {
      summary.runs += 1;
      const count = Math.min(EDITS_PER_RUN, edits - summary.edits);
      const fault = await run(cluster, troubles, summary, seed + summary.runs, count);
      if (fault !== null) return fault;
      ran();
    }
    return null;
  } finally {
    await troubles.over();
    await cluster.close();
  }
};

/**
 * Random edits of models and writes of records on three nodes, any one of them each time, which are killed, stopped and cut
 * off meanwhile; what is there is compared with the oracle after each edit, and what all nodes say after every ten.
 */
export const nodesFuzz = async (
  seed: number,
  edits: number,
  say: (line: string) => void = () => undefined,
): Promise<NodesFuzzReport> => {
  const [summary, troubles] = [new Summary(), new Tally()];
  const faults: string[] = [];
  while (summary.edits < edits && faults.length < MOST_FAULTS) {
    const fault = await campaign(seed, edits, summary, troubles, () =>
      say(`${summary.edits} edits, ${faults.length} differences, troubles ${troubles}`),
    );
    if (fault === null) continue;
    faults.push(fault);
    say(fault);
  }
  summary.divergences = faults.length;
  return { summary, troubles, faults };
};

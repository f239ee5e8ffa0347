import { defineModel } from '../../fixtures/arrange.js';
import type { ModelBody } from '../../support/http.js';
import { ADMIN_KEY } from '../../support/process.js';
import { type Cluster, startCluster } from './cluster.js';
import { Load } from './load.js';

/** Before and after the failover, in milliseconds. */
const CALM = 4000;
/** As long as it takes somebody to find out that the primary is gone, in milliseconds. */
const DETECTION = 2000;

/** What a failover has cost. */
export interface Round {
  readonly acknowledged: number;
  /** Records that were acknowledged, and are not there afterwards. */
  readonly lost: number;
  /** The same of fields. */
  readonly lostFields: number;
  readonly readBack: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Between the last write before and the first after, in milliseconds. */
  readonly gap: number;
  /** From the beginning of the promotion to the first write, in milliseconds. */
  readonly recovery: number;
  readonly longest: number;
  readonly changes: number;
  readonly faults: readonly string[];
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const lostKeys = async (cluster: Cluster, keys: ReadonlySet<string>): Promise<readonly string[]> => {
  const rows = await cluster.query<{ key: string }>('SELECT key FROM load_entry');
  const found = new Set(rows.map(({ key }) => key));
  return [...keys].filter((key) => !found.has(key));
};

const columnsOf = async (cluster: Cluster): Promise<readonly string[]> => {
  const columns = await cluster.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'load_entry' AND column_name <> 'id'`,
  );
  return columns.map(({ name }) => name).sort();
};

/** The columns of the table against what every node says the model is. */
const divergences = async (cluster: Cluster, table: readonly string[]): Promise<readonly string[]> => {
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  const found: string[] = [];
  for (const { url } of cluster.nodes) {
    const ready = await fetch(`${url}/health/ready`);
    const model = (await (await fetch(`${url}/api/meta/models/load.Entry`, { headers })).json()) as ModelBody;
    const shown = await fetch(`${url}/api/load/entry?limit=1`, { headers });
    const { data } = (await shown.json()) as { data: readonly object[] };
    const known = model.fields.map(({ name }) => name).sort();
    const served = Object.keys(data[0] ?? {})
      .filter((name) => name !== 'id')
      .sort();
    if (ready.status !== 200) found.push(`${url} is not ready: ${ready.status}`);
    if (known.join() !== table.join()) found.push(`${url} says ${known.join()}, but the table has ${table.join()}`);
    if (served.join() !== table.join()) found.push(`${url} serves ${served.join()}, but the table has ${table.join()}`);
  }
  return found;
};

const failOverOnce = async (cluster: Cluster, name: string): Promise<Round> => {
  const load = new Load(cluster, ADMIN_KEY, name);
  load.start();
  await wait(CALM);
  const { stopped, gone, promoted } = await cluster.failOver(DETECTION);
  await wait(CALM);
  await load.stop();
  const { acknowledged, successes, statuses, faults, readBack, longest, fields } = load.tally;
  const before = Math.max(...successes.map(({ ended }) => ended).filter((moment) => moment < stopped));
  const after = Math.min(...successes.filter(({ began }) => began > gone).map(({ ended }) => ended));
  const conflicts = statuses.get('409') ?? 0;
  if (!Number.isFinite(after)) faults.push('No write was answered 201 after the failover.');
  if (conflicts > acknowledged.size / 20) faults.push(`${conflicts} writes were answered 409.`);
  const lost = await lostKeys(cluster, acknowledged);
  const columns = await columnsOf(cluster);
  return {
    acknowledged: acknowledged.size,
    lost: lost.length,
    lostFields: [...fields].filter((field) => !columns.includes(field)).length,
    readBack,
    statuses: Object.fromEntries(statuses),
    gap: Math.round(after - before),
    recovery: Math.round(after - promoted),
    longest: Math.round(longest),
    changes: fields.size,
    faults: [...faults, ...(await divergences(cluster, columns))],
  };
};

/** Primary and replica change places under load, so many times. */
export const failOver = async (
  programs: string,
  rounds: number,
  isSynchronous: boolean,
  tell: (round: Round) => void,
): Promise<readonly Round[]> => {
  const cluster = await startCluster(programs, isSynchronous);
  const all: Round[] = [];
  try {
    await defineModel(cluster.http, {
      app: 'load',
      name: 'Entry',
      fields: [{ name: 'key', type: 'char', required: true, unique: true }],
    });
    for (let round = 1; round <= rounds; round += 1) {
      const result = await failOverOnce(cluster, `r${round}`);
      all.push(result);
      tell(result);
      if (round < rounds) await cluster.rejoin();
    }
  } finally {
    if (process.env.FAILOVER_LOGS) for (const node of cluster.nodes) console.log(node.printed());
    await cluster.close();
  }
  return all;
};

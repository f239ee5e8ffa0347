import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../../fuzz/random.js';
import { defineModel } from '../../fixtures/arrange.js';
import type { PageBody } from '../../support/http.js';
import { checkAgreement } from '../kit/agreement.js';
import { type Cluster, startCluster } from '../kit/cluster.js';
import { Figures, Tally } from '../kit/figures.js';

const ROWS = 200_000;
/** Longer than it takes until somebody else goes on. */
const LONGEST_WAIT = 60_000;
const LONGEST_LIFE = 3000;
const MOMENT = 100;
const MODEL = {
  app: 'large',
  name: 'Thing',
  fields: [
    { name: 'digits', type: 'text' },
    { name: 'code', type: 'integer' },
    { name: 'title', type: 'char' },
  ],
};

/** Changes that need all rows, in turn with what takes them back. */
const CHANGES = [
  { field: 'digits', values: { type: 'integer' } },
  { field: 'code', values: { unique: true } },
  { field: 'title', values: { required: true } },
  { field: 'code', values: { type: 'big_integer' } },
  { field: 'digits', values: { type: 'text', options: { index: true } } },
  { field: 'title', values: { type: 'text' } },
  { field: 'code', values: { unique: false, options: { min: 0 } } },
  { field: 'title', values: { required: false, type: 'char' } },
  { field: 'digits', values: { options: {} } },
  { field: 'code', values: { type: 'integer', options: {} } },
];

const LEFT = `SELECT count(*)::int AS count FROM (
  SELECT relname FROM pg_class WHERE relname LIKE 'dynamo$%' UNION ALL SELECT conname FROM pg_constraint WHERE conname LIKE 'dynamo$%'
  UNION ALL SELECT tgname FROM pg_trigger WHERE tgname LIKE 'dynamo$%' UNION ALL SELECT proname FROM pg_proc WHERE proname LIKE 'dynamo$%'
  UNION ALL SELECT attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
    WHERE attname LIKE 'dynamo$%' AND NOT attisdropped) leftovers`;

export interface BackgroundKillsReport {
  /** How the changes ended. */
  readonly states: Tally;
  /** From the death of the node until the change was over. */
  readonly recovery: Figures;
  readonly faults: readonly string[];
}

interface Change {
  readonly id: string;
  readonly state: string;
  readonly error: unknown;
}

/** The last change, when it is over. */
const lastChange = async (cluster: Cluster): Promise<Change | undefined> => {
  const end = Date.now() + LONGEST_WAIT;
  for (;;) {
    const { body } = await cluster.node(1).http.get<PageBody<Change>>('/api/meta/background-changes?limit=1');
    const [change] = body.data;
    if (change === undefined || !['pending', 'building'].includes(change.state) || Date.now() > end) return change;
    await delay(MOMENT);
  }
};

/** No value is lost or another, and nothing is left of what was got ready. @returns complaints */
const inspect = async ({ database }: Cluster): Promise<readonly string[]> => {
  const [rows] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM large_thing WHERE digits::text = id::text AND code = id AND title = 't' || id`,
  );
  const [left] = await database.query<{ count: number }>(LEFT);
  return [
    ...(rows?.count === ROWS ? [] : [`${rows?.count} records of ${ROWS} are what they were`]),
    ...(left?.count === 0 ? [] : [`${left?.count} things are left of what was got ready`]),
  ];
};

/** A node is killed while it makes a change in the background, so many times; another one goes on. */
export const runBackgroundKills = async (seed: number, rounds: number): Promise<BackgroundKillsReport> => {
  const random = new Random(seed);
  const [states, recovery, faults] = [new Tally(), new Figures(), [] as string[]];
  const cluster = await startCluster(2, { environment: { DYNAMO_BACKGROUND_FROM: '1000' } });
  try {
    await defineModel(cluster.node(0).http, MODEL);
    await cluster.database.query(
      `INSERT INTO large_thing (digits, code, title) SELECT n::text, n, 't' || n FROM generate_series(1, ${ROWS}) n`,
    );
    let known: string | undefined;
    for (let round = 0; round < rounds; round += 1) {
      const { field, values } = CHANGES[round % CHANGES.length] ?? { field: '', values: {} };
      const [worker] = cluster.nodes;
      const asked = worker?.http.patch(`/api/meta/fields/large.Thing.${field}`, values).catch(() => undefined);
      await delay(random.int(LONGEST_LIFE));
      await worker?.kill();
      const start = performance.now();
      await asked;
      await worker?.start();
      const change = await lastChange(cluster);
      recovery.add(performance.now() - start);
      const isNew = change !== undefined && change.id !== known;
      known = change?.id;
      states.add(isNew ? change.state : 'never begun');
      if (isNew && change.state !== 'valid')
        faults.push(`round ${round}: ${change.state} ${JSON.stringify(change.error)}`);
      const complaints = [...(await inspect(cluster)), ...(await checkAgreement(cluster, 'large'))];
      faults.push(...complaints.map((complaint) => `round ${round}: ${complaint}`));
    }
    return { states, recovery, faults };
  } finally {
    await cluster.close();
  }
};

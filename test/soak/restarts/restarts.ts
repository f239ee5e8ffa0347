import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../../fuzz/random.js';
import { defineModel } from '../../fixtures/arrange.js';
import type { ModelBody, RecordBody } from '../../support/http.js';
import { checkAgreement } from '../kit/agreement.js';
import { ask, isDone } from '../kit/ask.js';
import { type Cluster, startCluster } from '../kit/cluster.js';
import type { ClusterNode } from '../kit/cluster-node.js';
import { Figures, Tally } from '../kit/figures.js';
import { openOwnPostgres } from '../kit/own-postgres.js';
import { Editor } from './editor.js';

export interface RestartsReport {
  readonly crashes: number;
  /** Of changes and writes. */
  readonly answers: Tally;
  /** Records whose creation was acknowledged. */
  readonly records: number;
  /** From the moment at which the database takes connections again until a node is ready. */
  readonly recovery: Figures;
  readonly faults: readonly string[];
}

const EDITORS = 3;
const WRITERS = 6;
const LONGEST_RECOVERY = 30_000;
const MOMENT = 20;
const SHORTEST_WORK = 150;
const LONGEST_WORK = 600;

const writeRecords = async (
  cluster: Cluster,
  number: number,
  written: Map<number, string>,
  answers: Tally,
  isOver: () => boolean,
): Promise<void> => {
  for (let count = 0; !isOver(); count += 1) {
    const name = `writer ${number}, ${count}, ${performance.now()}`;
    const reply = await ask(cluster.node(number), { method: 'POST', path: '/api/crash/record', body: { name } });
    answers.add(`write ${reply.status} ${reply.code}`.trim());
    if (reply.status === 503) await delay(MOMENT);
    if (isDone(reply)) written.set((reply.body as RecordBody).id, name);
  }
};

const untilReady = async (node: ClusterNode): Promise<number> => {
  const start = performance.now();
  const isReady = async () => isDone(await ask(node, { method: 'GET', path: '/health/ready' }));
  while (!(await isReady()) && performance.now() - start < LONGEST_RECOVERY) await delay(MOMENT);
  return performance.now() - start;
};

/** What was acknowledged is there. @returns complaints */
const compareRecords = async ({ database }: Cluster, written: ReadonlyMap<number, string>): Promise<string[]> => {
  const rows = await database.query<{ id: number; name: string }>('SELECT id::int, name FROM crash_record');
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return [...written].filter(([id, name]) => names.get(id) !== name).map(([id]) => `record ${id} is lost`);
};

/** The database ends without a word, so many times, while models are edited and records are written on three nodes. */
export const runRestarts = async (seed: number, crashes: number): Promise<RestartsReport> => {
  const random = new Random(seed);
  const postgres = await openOwnPostgres();
  const [answers, recovery] = [new Tally(), new Figures()];
  const written = new Map<number, string>();
  const faults: string[] = [];
  const cluster = await startCluster(3, { database: postgres.database }).catch(async (error: unknown) => {
    await postgres.database.drop();
    throw error;
  });
  try {
    const { http } = cluster.node(0);
    await defineModel(http, { app: 'crash', name: 'Record', fields: [{ name: 'name', type: 'char' }] });
    const editors: Editor[] = [];
    for (let number = 0; number < EDITORS; number += 1) {
      await defineModel(http, { app: 'crash', name: `Thing${number}`, fields: [] });
      editors.push(new Editor(cluster, `crash.Thing${number}`, new Random(seed + number + 1), answers));
    }
    for (let round = 0; round < crashes; round += 1) {
      let isOver = false;
      const work = [
        ...editors.map(async (editor) => {
          while (!isOver) await editor.edit();
        }),
        ...Array.from({ length: WRITERS }, (_, number) =>
          writeRecords(cluster, number, written, answers, () => isOver),
        ),
      ];
      await delay(SHORTEST_WORK + random.int(LONGEST_WORK - SHORTEST_WORK));
      await postgres.crash();
      await delay(random.int(500));
      await postgres.start();
      for (const time of await Promise.all(cluster.nodes.map(untilReady))) recovery.add(time);
      isOver = true;
      await Promise.all(work);

      const complaints = [...(await checkAgreement(cluster, 'crash')), ...(await compareRecords(cluster, written))];
      for (const [number, editor] of editors.entries()) {
        const { body } = await cluster.node(round).http.get<ModelBody>(`/api/meta/models/crash.Thing${number}`);
        complaints.push(...editor.compare(body.fields.map(({ name }) => name)));
      }
      faults.push(...complaints.map((complaint) => `crash ${round}: ${complaint}`));
    }
    faults.push(...editors.flatMap((editor) => editor.faults));
  } finally {
    await cluster.close();
  }
  return { crashes, answers, records: written.size, recovery, faults };
};

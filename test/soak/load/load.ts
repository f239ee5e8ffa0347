import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../../fuzz/random.js';
import { createRecords, defineModel } from '../../fixtures/arrange.js';
import type { PageBody } from '../../support/http.js';
import { type Asked, ask, isDone, isRefused, type Reply } from '../kit/ask.js';
import { type Cluster, startCluster } from '../kit/cluster.js';
import type { ClusterNode } from '../kit/cluster-node.js';
import { Figures, Tally } from '../kit/figures.js';
import { type Change, nextChange, RECORDS } from './changes.js';
import { Ledger, PARENTS } from './ledger.js';
import { compareRecord, LoadClient, type Written } from './load-client.js';

/** How much is to happen. */
export interface LoadOptions {
  readonly seed: number;
  readonly clients: number;
  readonly changes: number;
  /** Before every so many changes a node that does not make it loses its connection for announcements. */
  readonly cutEvery: number;
  /** The clients go on until they have had so many answers, changes or not. */
  readonly requests: number;
}

/** What has happened. */
export interface LoadReport {
  readonly requests: number;
  readonly changes: Tally;
  readonly answers: Tally;
  /** Of the requests for records. */
  readonly latency: Figures;
  /** From the answer to a change until another node shows it. */
  readonly convergence: Figures;
  /** The same for a node whose connection for announcements has just been cut. */
  readonly afterCut: Figures;
  readonly faults: readonly string[];
}

const LONGEST_CONVERGENCE = 15_000;
const MOMENT = 3;
/** Between changes that nobody else is there to delay, in milliseconds. */
const QUIET = 200;
const PAGE = 1000;

const arrange = async (cluster: Cluster, ledger: Ledger): Promise<void> => {
  const { http } = cluster.node(0);
  await defineModel(http, { app: 'load', name: 'Parent', fields: [{ name: 'name', type: 'char' }] });
  const names = Array.from({ length: PARENTS }, (_, number) => ({ name: `p${number}` }));
  await createRecords(http, '/api/load/parent', names);
  const wanted = ['char', 'integer', 'char', 'foreign_key', 'char'].map((type) => ({ type, name: ledger.newName() }));
  const fields = wanted.map((field) => ({
    ...field,
    ...(field.type === 'foreign_key' && { relatedModel: 'load.Parent' }),
  }));
  const model = await defineModel(http, { app: 'load', name: 'Item', fields });
  for (const { id, name, type } of model.fields) {
    const field = { number: ledger.newNumber(), id, name, type, isRequired: false, isUnique: false };
    ledger.announce(name, field);
    ledger.put(field);
  }
};

const converge = async (change: Change, node: ClusterNode, version: number): Promise<number> => {
  const start = performance.now();
  while (!(await change.isShown(node, version)) && performance.now() - start < LONGEST_CONVERGENCE) await delay(MOMENT);
  return performance.now() - start;
};

/** Everything that was acknowledged is there on every node, and nothing else. @returns complaints */
const compareAll = async (
  cluster: Cluster,
  ledger: Ledger,
  acknowledged: ReadonlyMap<number, Written>,
): Promise<string[]> => {
  const complaints: string[] = [];
  for (const node of cluster.nodes) {
    const seen = new Set<number>();
    for (let page = 1; ; page += 1) {
      const answer = await node.http.get<PageBody>(`${RECORDS}?limit=${PAGE}&page=${page}&sortBy=id:ASC&count=none`);
      for (const record of answer.body.data) {
        const written = acknowledged.get(record.id);
        seen.add(record.id);
        if (written === undefined) complaints.push(`${node.name} has record ${record.id}, which was refused`);
        else complaints.push(...compareRecord(ledger, record, written).map((text) => `${node.name}: ${text}`));
      }
      if (answer.body.data.length < PAGE) break;
    }
    for (const id of acknowledged.keys()) if (!seen.has(id)) complaints.push(`${node.name} has lost record ${id}`);
  }
  return complaints;
};

/** Reads and writes on three nodes while the model changes again and again, each time on another node. */
export const runLoad = async ({ seed, clients, changes, cutEvery, requests }: LoadOptions): Promise<LoadReport> => {
  const random = new Random(seed);
  const ledger = new Ledger();
  const [answers, made] = [new Tally(), new Tally()];
  const [latency, convergence, afterCut] = [new Figures(), new Figures(), new Figures()];
  const faults: string[] = [];
  const hear = ({ method, path }: Asked, reply: Reply): void => {
    latency.add(reply.milliseconds);
    answers.add(`${reply.status} ${reply.code}`.trim());
    if (!isDone(reply) && !isRefused(reply)) faults.push(`${method} ${path}: ${reply.status} ${reply.code}`);
  };
  const cluster = await startCluster(3);
  try {
    await arrange(cluster, ledger);
    const crowd = Array.from(
      { length: clients },
      (_, number) => new LoadClient(cluster, ledger, new Random(seed + number + 1), hear),
    );
    let isChanging = true;
    const work = crowd.map(async (client) => {
      while (isChanging || latency.count < requests) await client.act();
    });
    for (let number = 0; number < changes; number += 1) {
      const maker = cluster.node(number);
      const isCut = number % cutEvery === cutEvery - 1;
      const change = nextChange(ledger, random, number);
      const others = cluster.nodes.filter((node) => node !== maker);
      // A connection that has only just been made again is not what is cut.
      if (clients === 0) await delay(QUIET);
      if (isCut) others[0]?.announcements.cut(false);
      const reply = await ask(maker, change.asked);
      made.add(`${change.kind}${isDone(reply) ? '' : ` ${reply.status} ${reply.code}`}`);
      if (!isDone(reply)) {
        if (!isRefused(reply)) faults.push(`"${change.kind}" on ${maker.name}: ${reply.status} ${reply.code}`);
        continue;
      }
      change.note(reply.body);
      const times = await Promise.all(others.map((node) => converge(change, node, reply.version)));
      for (const [position, time] of times.entries()) (isCut && position === 0 ? afterCut : convergence).add(time);
    }
    isChanging = false;
    await Promise.all(work);
    const acknowledged = new Map(crowd.flatMap(({ records }) => [...records]));
    faults.push(...crowd.flatMap(({ complaints }) => complaints));
    faults.push(...(await compareAll(cluster, ledger, acknowledged)));
  } finally {
    await cluster.close();
  }
  return { requests: latency.count, changes: made, answers, latency, convergence, afterCut, faults };
};

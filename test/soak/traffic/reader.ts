import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { createRecords, defineModel } from '../../fixtures/arrange.js';
import { ask, isDone, isRefused, type Reply } from '../kit/ask.js';
import { type Cluster, startCluster } from '../kit/cluster.js';
import { Figures, Tally } from '../kit/figures.js';

export interface ReaderReport {
  /** Of requests for the table's records while only the reader is there. */
  readonly before: Figures;
  /** The same while a change of the table waits for the reader. */
  readonly during: Figures;
  /** How long the change took, and what was answered. */
  readonly change: string;
  readonly answers: Tally;
  readonly faults: readonly string[];
}

const RECORDS = '/api/traffic/page';
/** Between the requests of one client, in milliseconds. */
const THOUGHT = 40;

/** Reads and writes records until `isOver`, one request after the other. */
const request = async (
  cluster: Cluster,
  id: number,
  hear: (reply: Reply) => void,
  isOver: () => boolean,
): Promise<void> => {
  for (let number = id; !isOver(); number += 1) {
    await delay(Math.random() * 2 * THOUGHT);
    const node = cluster.node(number);
    const path = `${RECORDS}/${id}`;
    hear(
      await (number % 2 === 0
        ? ask(node, { method: 'GET', path })
        : ask(node, { method: 'PATCH', path, body: { name: `${number}` } })),
    );
  }
};

/**
 * Somebody reads a table in a transaction that stays open for so many seconds. A change of the table has to wait; the others
 * must not.
 */
export const runReader = async (seconds: number, clients: number): Promise<ReaderReport> => {
  const cluster = await startCluster(2);
  const [before, during, answers] = [new Figures(), new Figures(), new Tally()];
  const faults: string[] = [];
  const reader = new Client({ connectionString: cluster.database.url });
  try {
    const { http } = cluster.node(0);
    const { id } = await defineModel(http, { app: 'traffic', name: 'Page', fields: [{ name: 'name', type: 'char' }] });
    await createRecords(
      http,
      RECORDS,
      Array.from({ length: clients }, () => ({ name: 'new' })),
    );
    await reader.connect();
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM traffic_page');

    let figures = new Figures();
    let isOver = false;
    const hear = (reply: Reply): void => {
      figures.add(reply.milliseconds);
      answers.add(`${reply.status} ${reply.code}`.trim());
      if (!isDone(reply)) faults.push(`a request is answered ${reply.status} ${reply.code}`);
    };
    const crowd = Array.from({ length: clients }, (_, number) => request(cluster, number + 1, hear, () => isOver));
    await delay(1000);
    figures = before;
    await delay(seconds * 500);
    const start = performance.now();
    figures = during;
    const body = { name: 'size', type: 'integer', default: 1 };
    const change = ask(cluster.node(1), { method: 'POST', path: `/api/meta/models/${id}/fields`, body });
    await delay(seconds * 1000);
    // What comes later waits for nobody.
    figures = new Figures();
    await reader.query('COMMIT');
    const reply = await change;
    const elapsed = performance.now() - start;
    isOver = true;
    await Promise.all(crowd);
    if (!isDone(reply) && !(isRefused(reply) && reply.code === 'schema_busy')) {
      faults.push(`the change is answered ${reply.status} ${reply.code}`);
    }
    return { before, during, change: `${reply.status} ${reply.code} after ${elapsed.toFixed(0)} ms`, answers, faults };
  } finally {
    await reader.end();
    await cluster.close();
  }
};

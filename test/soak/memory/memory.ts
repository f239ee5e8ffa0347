import { defineModels } from '../../fixtures/arrange.js';
import type { PageBody } from '../../support/http.js';
import { ask, isDone } from '../kit/ask.js';
import { type Cluster, startCluster } from '../kit/cluster.js';
import type { NodeFigures } from '../kit/cluster-node.js';

/** How much is to happen. */
export interface MemoryOptions {
  readonly models: number;
  readonly edits: number;
  /** How often the nodes are looked at on the way. */
  readonly looks: number;
}

export interface MemoryReport {
  /** Of the node that makes the changes and of one that follows, at each look. */
  readonly heaps: string;
  /** By the second half of the looks, in bytes for each edit: positive when the heap grows. */
  readonly slopes: readonly number[];
  /** Of both nodes' event loops while the changes were made, in milliseconds. */
  readonly loop: string;
  readonly faults: readonly string[];
}

/** So many of the models are changed, again and again: what is built for a model that is used for the first time is no leak. */
const EDITED = 10;
/** Models in one request: few enough for PostgreSQL's table of locks. */
const BATCH = 100;
const LONGEST_DELAY = 200;
/** What may come together, in bytes an edit: each connection keeps the statements of each version until it is replaced. */
const STEEPEST = 4_000;

const FIELDS = [
  { name: 'title', type: 'char', required: true },
  { name: 'amount', type: 'decimal' },
  { name: 'quantity', type: 'integer' },
  { name: 'ordered_on', type: 'date' },
];

const arrange = async ({ nodes: [node] }: Cluster, models: number): Promise<void> => {
  for (let start = 0; start < models && node !== undefined; start += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, models - start) }, (_, position) => start + position);
    await defineModels(
      node.http,
      numbers.map((number) => ({ app: 'memory', name: `Thing${number}`, fields: FIELDS })),
    );
  }
};

/** A field comes, is renamed, changes its type and goes, on one model after the other, and records are written meanwhile. */
const edit = async (cluster: Cluster, number: number, fields: Map<number, string>): Promise<void> => {
  const step = number % 4;
  const thing = Math.floor(number / 4) % EDITED;
  const [maker, follower] = [cluster.node(0), cluster.node(1)];
  const path = step === 0 ? `/api/meta/models/memory.Thing${thing}/fields` : `/api/meta/fields/${fields.get(thing)}`;
  const bodies = [{ name: 'extra', type: 'integer' }, { name: 'other' }, { type: 'text' }, undefined];
  const methods = ['POST', 'PATCH', 'PATCH', 'DELETE'] as const;
  const reply = await ask(maker, { method: methods[step] ?? 'POST', path, body: bodies[step] });
  if (!isDone(reply)) throw new Error(`Edit ${number} is refused: ${reply.status} ${reply.text}`);
  if (step === 0) fields.set(thing, String(Object(reply.body).id));
  // What is built on demand is built on both.
  const records = `/api/memory/thing${thing}`;
  for (const node of [maker, follower]) {
    await ask(node, { method: 'POST', path: records, body: { title: 'x' }, since: reply.version });
    await ask(node, { method: 'GET', path: `${records}?limit=5`, since: reply.version });
  }
};

/** Slope of the line that fits the points best. */
const slopeOf = (points: readonly (readonly [number, number])[]): number => {
  const mean = (position: 0 | 1) => points.reduce((sum, point) => sum + point[position], 0) / points.length;
  const [middle, height] = [mean(0), mean(1)];
  const above = points.reduce((sum, [x, y]) => sum + (x - middle) * (y - height), 0);
  return above / points.reduce((sum, [x]) => sum + (x - middle) ** 2, 0);
};

/** Models are edited again and again beside many others; what the nodes keep of that must not grow. */
export const runMemory = async ({ models, edits, looks }: MemoryOptions): Promise<MemoryReport> => {
  const cluster = await startCluster(2);
  const seen: { readonly edits: number; readonly figures: readonly NodeFigures[] }[] = [];
  const faults: string[] = [];
  const fields = new Map<number, string>();
  try {
    await arrange(cluster, models);
    const look = async (count: number) =>
      seen.push({ edits: count, figures: await Promise.all(cluster.nodes.map((node) => node.figures())) });
    await look(0);
    // What was measured so far is the making of the models.
    for (let number = 0; number < edits; number += 1) {
      await edit(cluster, number, fields);
      if ((number + 1) % Math.floor(edits / looks) === 0) await look(number + 1);
    }
    const { body } = await cluster.node(1).http.get<PageBody>('/api/meta/models?limit=1');
    if (body.meta.totalItems !== models) faults.push(`there are ${body.meta.totalItems} models`);
  } finally {
    await cluster.close();
  }
  const half = seen.slice(Math.floor(seen.length / 2));
  const slopes = cluster.nodes.map((_, position) =>
    slopeOf(half.map((point) => [point.edits, point.figures[position]?.heapUsed ?? 0])),
  );
  const delays = seen.slice(1).flatMap(({ figures }) => figures.map(({ loop }) => loop));
  const p99 = Math.max(...delays.map((loop) => loop.p99));
  if (p99 > LONGEST_DELAY) faults.push(`the event loop's p99 is ${p99.toFixed(0)} ms`);
  for (const slope of slopes) if (slope > STEEPEST) faults.push(`the heap grows by ${slope.toFixed(0)} bytes an edit`);
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return {
    heaps: seen.map(({ figures }) => figures.map(({ heapUsed }) => megabytes(heapUsed)).join('/')).join(' ') + ' MB',
    slopes,
    loop: `p99 ${p99.toFixed(0)} ms, max ${Math.max(...delays.map(({ max }) => max)).toFixed(0)} ms`,
    faults,
  };
};

import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { postgresError } from '../../../src/database/postgres-error.js';
import type { Cluster } from '../kit/cluster.js';
import { ask, isDone } from '../kit/ask.js';
import type { Tally } from '../kit/figures.js';

/** Rows of its own that a writer touches, so that no two writers can wait for each other. */
export interface Rows {
  readonly parent: number;
  readonly child: number;
}

/** Between the transactions of one writer, at most, in milliseconds. Without any, a change never finds a gap. */
const LONGEST_THOUGHT = 40;
const think = () => delay(Math.random() * LONGEST_THOUGHT);

const UPDATES = [
  'UPDATE traffic_parent SET name = $2 WHERE id = $1',
  'UPDATE traffic_child SET name = $2 WHERE id = $1',
];

/**
 * A program of the application with transactions of its own over both tables, the parent first or the child.
 *
 * @param isOver says when to stop
 */
export const writeByProgram = async (
  url: string,
  { parent, child }: Rows,
  isParentFirst: boolean,
  outcomes: Tally,
  isOver: () => boolean,
): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const steps = [
    [UPDATES[0], parent],
    [UPDATES[1], child],
  ] as const;
  while (!isOver()) {
    await think();
    try {
      await client.query('BEGIN');
      for (const [text, id] of isParentFirst ? steps : steps.toReversed()) {
        await client.query(text ?? '', [id, `${performance.now()}`]);
      }
      await client.query('COMMIT');
      outcomes.add('committed');
    } catch (error) {
      await client.query('ROLLBACK');
      outcomes.add(postgresError(error)?.code ?? String(error));
    }
  }
  await client.end();
};

/** A client of the API that writes both models in turn, and both in one request: a child under its parent. */
export const writeByRequests = async (
  cluster: Cluster,
  { parent, child }: Rows,
  isParentFirst: boolean,
  outcomes: Tally,
  isOver: () => boolean,
): Promise<void> => {
  const paths = [`/api/traffic/parent/${parent}`, `/api/traffic/child/${child}`];
  for (let number = 0; !isOver(); number += 1) {
    const node = cluster.node(number);
    await think();
    for (const path of isParentFirst ? paths : paths.toReversed()) {
      const reply = await ask(node, { method: 'PATCH', path, body: { name: `${number}` } });
      outcomes.add(isDone(reply) ? 'answered' : `${reply.status} ${reply.code}`);
    }
    const related = { children: { [number % 2 === 0 ? 'add' : 'remove']: [child] }, name: `${number}` };
    const both = await ask(node, { method: 'PATCH', path: paths[0] ?? '', body: related });
    outcomes.add(isDone(both) ? 'answered' : `${both.status} ${both.code}`);
  }
};

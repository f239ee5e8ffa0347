import { createRecords, defineModel } from '../../fixtures/arrange.js';
import { ask, isDone, isRefused } from '../kit/ask.js';
import { startCluster } from '../kit/cluster.js';
import { Figures, Tally } from '../kit/figures.js';
import { writeByProgram, writeByRequests } from './writers.js';

export interface ForeignKeysReport {
  /** Of the writers' statements and requests. */
  readonly outcomes: Tally;
  readonly changes: Tally;
  /** Of the changes. */
  readonly duration: Figures;
  /** That PostgreSQL has counted, whoever was the victim. */
  readonly deadlocks: number;
  readonly faults: readonly string[];
}

/** What only a deadlock, or somebody else's lock, answers. */
const LOCKED = /40P01|55P03|schema_busy/;

/**
 * Foreign keys between two models come and go while as many writers as told touch both, half of them the parent first and
 * half of them the child.
 */
export const runForeignKeys = async (writers: number, changes: number): Promise<ForeignKeysReport> => {
  const cluster = await startCluster(3);
  const { database } = cluster;
  const [outcomes, made, duration] = [new Tally(), new Tally(), new Figures()];
  const faults: string[] = [];
  try {
    const { http } = cluster.node(0);
    const name = { name: 'name', type: 'char' };
    const parent = {
      name: 'parent',
      type: 'foreign_key',
      relatedModel: 'traffic.Parent',
      options: { relatedName: 'children' },
    };
    await defineModel(http, { app: 'traffic', name: 'Parent', fields: [name] });
    const { id } = await defineModel(http, { app: 'traffic', name: 'Child', fields: [name, parent] });
    const many = Array.from({ length: 200 }, () => ({ name: 'new' }));
    await createRecords(http, '/api/traffic/parent', many);
    await createRecords(http, '/api/traffic/child', many);

    let isOver = false;
    const crowd = Array.from({ length: writers }, (_, number) => {
      const rows = { parent: number + 1, child: number + 1 };
      const isParentFirst = number % 4 < 2;
      return number % 2 === 0
        ? writeByProgram(database.url, rows, isParentFirst, outcomes, () => isOver)
        : writeByRequests(cluster, rows, isParentFirst, outcomes, () => isOver);
    });
    let field: string | null = null;
    for (let number = 0; number < changes; number += 1) {
      const body = { name: `link_${number}`, type: 'foreign_key', relatedModel: 'traffic.Parent' };
      const reply = await ask(
        cluster.node(number),
        field === null
          ? { method: 'POST', path: `/api/meta/models/${id}/fields`, body }
          : { method: 'DELETE', path: `/api/meta/fields/${field}` },
      );
      duration.add(reply.milliseconds);
      made.add(isDone(reply) ? (field === null ? 'added' : 'dropped') : `${reply.status} ${reply.code}`);
      if (isDone(reply)) field = field === null ? String(Object(reply.body).id) : null;
      else if (!isRefused(reply)) faults.push(`a change is answered ${reply.status} ${reply.code}`);
    }
    isOver = true;
    await Promise.all(crowd);
    const [row] = await database.query<{ deadlocks: number }>(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    const deadlocks = row?.deadlocks ?? -1;
    if (deadlocks !== 0) faults.push(`${deadlocks} deadlocks`);
    for (const key of outcomes.keys()) {
      if (LOCKED.test(key) || /^[05]/.test(key)) faults.push(`traffic: ${outcomes.of(key)} × ${key}`);
    }
    return { outcomes, changes: made, duration, deadlocks, faults };
  } finally {
    await cluster.close();
  }
};

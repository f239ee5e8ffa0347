import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from './child.js';
import { openClient } from './client.js';
import { modelName, recordsPath } from './models.js';
import { median, summarize } from './statistics.js';

/** Models that take turns, so that no table gets hundreds of columns; as many in the smallest registry as in the largest. */
const MODELS_IN_TURN = 10;
const MOST_TRIES = 50;

/**
 * Adds a field and uses it at once, `rounds` times on each server. All servers run at the same time and are asked one
 * after the other (A B C A B C …), so that a noisy machine is noisy to all of them.
 *
 * @returns for each size the summaries of `save`, `use` and both together, in milliseconds
 */
export const measureChanges = async (filled, { warmUps, rounds, trace }) => {
  const environment = trace ? { BENCH_TRACE: '1' } : {};
  const children = filled.map(({ url }) => startChild('server.process.js', { ...environment, BENCH_DATABASE: url }));
  const clients = [];
  try {
    const servers = await Promise.all(children.map((child) => child.receive('listening')));
    for (const { url } of servers) clients.push(openClient(url));
    const seen = filled.map(() => []);
    for (let round = 0; round < warmUps + rounds; round += 1) {
      if (round === warmUps) for (const child of children) child.send({ type: 'trace-start' });
      for (const [position, { size }] of filled.entries()) {
        const times = await addAndUse(clients[position], size, round);
        if (round >= warmUps) seen[position].push(times);
      }
    }
    return await Promise.all(
      seen.map(async (times, position) => ({
        both: summarize(times.map(({ save, use }) => save + use)),
        save: summarize(times.map(({ save }) => save)),
        use: summarize(times.map(({ use }) => use)),
        statements: trace ? await readTrace(children[position], rounds) : undefined,
      })),
    );
  } finally {
    for (const client of clients) client.close();
    for (const child of children) await child.stop();
  }
};

/** Ten models far apart from each other, whatever the size. */
const modelInTurn = (size, round) => Math.floor(((round % MODELS_IN_TURN) * size) / MODELS_IN_TURN);

const addAndUse = async (client, size, round) => {
  const model = modelInTurn(size, round);
  const field = `extra${round}`;
  const record = { title: 'A title', quantity: round, [field]: round };

  const start = performance.now();
  const saved = await client.post(`/api/meta/models/${modelName(model)}/fields`, { name: field, type: 'integer' });
  const middle = performance.now();
  const used = await postUntilCreated(client, recordsPath(model), record);
  const end = performance.now();

  if (saved.status !== 201) throw new Error(`The field was not added: ${JSON.stringify(saved.body)}`);
  if (used.body[field] !== round) throw new Error(`The record has no ${field}: ${JSON.stringify(used.body)}`);
  return { save: middle - start, use: end - middle };
};

const postUntilCreated = async (client, path, record) => {
  for (let tries = 1; ; tries += 1) {
    const answer = await client.post(path, record);
    if (answer.status === 201) return answer;
    if (tries === MOST_TRIES) throw new Error(`The record was not created: ${JSON.stringify(answer.body)}`);
    await delay(1);
  }
};

/** Statements of one change, dearest first: how often and how long, on average over the changes. */
const readTrace = async (child, rounds) => {
  const answer = child.receive('trace');
  child.send({ type: 'trace-read' });
  const { statements } = await answer;
  const groups = new Map();
  for (const { sql, milliseconds } of statements) groups.set(sql, [...(groups.get(sql) ?? []), milliseconds]);
  return [...groups]
    .map(([sql, times]) => ({ sql, perChange: times.length / rounds, median: median(times) }))
    .sort((a, b) => b.median * b.perChange - a.median * a.perChange);
};

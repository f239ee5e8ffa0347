import { setTimeout as delay } from 'node:timers/promises';
import { openClient } from '../client.js';
import { BENCH_KEY } from '../key.js';
import { median, quantile } from '../statistics.js';
import { CASES } from './cases.js';
import { load, requestText } from './load.js';
import { tidy } from './products.js';

const KEY = { authorization: `Bearer ${BENCH_KEY}` };

/**
 * Measures every case on all servers in turn (A B C A B C …), so that a noisy machine is noisy to all of them.
 *
 * @param servers `{ title, url, dialect, headers }`; without headers they get the key of the benchmark
 * @returns for each case, for each server: its figures, or a `note` that says why there are none
 */
export const measureCases = async (servers, { database, cases, rounds, seconds, warmUp, connections, say }) => {
  const results = [];
  for (const wanted of CASES.filter(({ title }) => cases === undefined || title.includes(cases))) {
    const notes = await Promise.all(servers.map((server) => probe(server, wanted)));
    const seen = servers.map(() => []);
    for (let round = 0; round <= rounds; round += 1) {
      const milliseconds = (round === 0 ? warmUp : seconds) * 1000;
      for (const [position, server] of servers.entries()) {
        if (notes[position] !== undefined) continue;
        if (wanted.writes) await tidy(database);
        await delay(100);
        const { dialect, url, headers = KEY } = server;
        const make = (number) => requestText(headers, ...wanted.request(dialect, number));
        const measured = await load(url, make, { connections, milliseconds });
        if (round > 0) seen[position].push(measured);
      }
    }
    if (wanted.writes) await tidy(database);
    const figures = servers.map(({ title }, position) => ({ title, ...summarize(seen[position], notes[position]) }));
    say(`${wanted.title}: ${figures.map((one) => one.note ?? `${one.title} ${Math.round(one.perSecond)}`).join(', ')}`);
    results.push({ title: wanted.title, figures });
  }
  return results;
};

/** One request whose answer is looked at. @returns what is wrong with it */
const probe = async ({ url, dialect, headers = KEY }, { request, isRight }) => {
  const client = openClient(url, headers);
  try {
    const { status, body } = await client.send(...request(dialect, 1));
    if (status >= 300) return `not yet: ${status} ${body?.code ?? ''}`.trim();
    return isRight(body) ? undefined : 'not yet: the answer is another one';
  } finally {
    client.close();
  }
};

const summarize = (runs, note) => {
  if (note !== undefined) return { note };
  const over = (pick) => median(runs.map(pick));
  return {
    perSecond: over(({ perSecond }) => perSecond),
    p50: over(({ latencies }) => quantile(latencies, 0.5)),
    p99: over(({ latencies }) => quantile(latencies, 0.99)),
    /** Of each round, for those who want to know how much they differ. */
    rounds: runs.map(({ perSecond }) => perSecond),
    failures: runs.flatMap(({ failures }) => Object.entries(failures).map(([status, count]) => `${count} × ${status}`)),
  };
};

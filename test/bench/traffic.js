import { openClient } from './client.js';
import { newOrder, orderChange } from './orders.js';

/** Shares no factor with the numbers of rows, so that the ids jump all over the table. */
const STRIDE = 7_919;

/**
 * One client that reads records and one that changes and creates them in turn, each sending its next request when it
 * has the answer to the last one. They use the records at `path` until `stop()`.
 */
export const startTraffic = (url, path, rows) => {
  const state = { path, isStopped: false, seen: [] };
  const id = (count) => 1 + ((count * STRIDE) % rows);
  const reader = startLoop(state, url, 'read', (client, count) => client.get(`${state.path}/${id(count)}`));
  const writer = startLoop(state, url, 'write', (client, count) =>
    count % 2 === 0
      ? client.patch(`${state.path}/${id(count)}`, orderChange(count))
      : client.post(state.path, newOrder(count)),
  );
  return {
    /** The records have moved. */
    follow: (newPath) => {
      state.path = newPath;
    },
    /** Does the work and tells what the requests that it overlapped with have seen. */
    observe: async (work) => {
      state.seen = [];
      const start = performance.now();
      const result = await work();
      const end = performance.now();
      await Promise.all([reader.current(), writer.current()]);
      const during = state.seen.filter((request) => request.start <= end && request.end >= start);
      return { result, duration: end - start, reads: summary(during, 'read'), writes: summary(during, 'write') };
    },
    stop: async () => {
      state.isStopped = true;
      await Promise.all([reader.ended, writer.ended]);
    },
  };
};

const startLoop = (state, url, kind, send) => {
  const client = openClient(url);
  let current = Promise.resolve();
  const request = async (count) => {
    const start = performance.now();
    // A connection that breaks is a refused request, too.
    const { status, body } = await send(client, count).catch(({ code }) => ({ status: 0, body: { code } }));
    const refusal = status >= 200 && status < 300 ? undefined : `${status} ${body?.code ?? ''}`.trim();
    state.seen.push({ kind, start, end: performance.now(), refusal });
  };
  const loop = async () => {
    for (let count = 0; !state.isStopped; count += 1) {
      current = request(count);
      await current;
    }
    client.close();
  };
  return { current: () => current, ended: loop() };
};

const summary = (seen, wanted) => {
  const requests = seen.filter(({ kind }) => kind === wanted);
  return {
    count: requests.length,
    // One after the other: there may be more than a call takes.
    worst: requests.reduce((worst, { start, end }) => Math.max(worst, end - start), 0),
    refusals: requests.flatMap(({ refusal }) => refusal ?? []),
  };
};

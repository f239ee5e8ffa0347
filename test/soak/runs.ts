import { runBackgroundKills } from './background/background-kills.js';
import { nodesFuzz } from './fuzz/nodes-fuzz.js';
import { runLoad } from './load/load.js';
import { runMemory } from './memory/memory.js';
import { runPaused } from './paused/paused.js';
import { runRestarts } from './restarts/restarts.js';
import { runForeignKeys } from './traffic/foreign-keys.js';
import { runReader } from './traffic/reader.js';

/** A long form: what it has seen, line by line, and what was wrong. */
export interface SoakRun {
  readonly about: string;
  run(seed: number, size: number): Promise<{ readonly lines: readonly string[]; readonly faults: readonly string[] }>;
}

/** Later than this a change is not "at once" on another node, in milliseconds. */
const CONVERGED = 1000;
const READY = 5000;

const above = (what: string, value: number, limit: number): readonly string[] =>
  value > limit ? [`${what} is ${value.toFixed(0)} ms, above ${limit} ms`] : [];

/** By the name that `npm run soak:nodes -- <name>` takes; `size` is 1 for what the README tells. */
export const RUNS: Readonly<Record<string, SoakRun>> = {
  load: {
    about: '3 nodes under reads and writes while their model changes',
    run: async (seed, size) => {
      const clients = Number(process.env['SOAK_CLIENTS'] ?? Math.ceil(50 * size));
      const options = { seed, clients, changes: Math.ceil(100 * size), cutEvery: 5, requests: 2000 * size };
      const { faults, ...report } = await runLoad(options);
      const { requests, answers, changes, latency, convergence, afterCut } = report;
      return {
        lines: [
          `${requests} requests of ${clients} clients: ${answers}`,
          `changes: ${changes}`,
          `requests: ${latency}`,
          `convergence: ${convergence}`,
          `after a cut: ${afterCut}`,
        ],
        faults: [
          ...faults,
          ...above('the p99 of convergence', convergence.quantile(0.99), CONVERGED),
          ...above('the p99 after a cut', afterCut.quantile(0.99), CONVERGED),
        ],
      };
    },
  },
  convergence: {
    about: '3 nodes without traffic, of which every other change finds one that has just lost its announcements',
    run: async (seed, size) => {
      const options = { seed, clients: 0, changes: Math.ceil(100 * size), cutEvery: 2, requests: 0 };
      const { convergence, afterCut, changes, faults } = await runLoad(options);
      return {
        lines: [`changes: ${changes}`, `convergence: ${convergence}`, `after a cut: ${afterCut}`],
        faults: [...faults, ...above('the p99 after a cut', afterCut.quantile(0.99), CONVERGED)],
      };
    },
  },
  paused: {
    about: 'a node that is stopped (SIGSTOP) across a rename, a swap, a dropped field and a new type',
    run: async (seed, size) => {
      const rounds = Math.ceil(50 * size);
      const { tries, faults } = await runPaused(seed, rounds);
      return { lines: [`${rounds} times, first writes afterwards: ${tries}`], faults };
    },
  },
  background: {
    about: 'a node that is killed while it makes a change of a large table in the background',
    run: async (seed, size) => {
      const { states, recovery, faults } = await runBackgroundKills(seed, Math.ceil(30 * size));
      return { lines: [`changes: ${states}`, `over after the death of the node: ${recovery}`], faults };
    },
  },
  'foreign-keys': {
    about: '16 writers of parent and child, in both orders, against foreign keys that come and go',
    run: async (_seed, size) => {
      const { outcomes, changes, duration, deadlocks, faults } = await runForeignKeys(16, Math.ceil(200 * size));
      const lines = [`traffic: ${outcomes}`, `changes: ${changes}, ${duration}`, `${deadlocks} deadlocks`];
      return { lines, faults };
    },
  },
  reader: {
    about: 'a transaction that reads for ten seconds in front of a change of its table',
    run: async (_seed, size) => {
      const { before, during, change, answers, faults } = await runReader(10 * size, 20);
      return { lines: [`before: ${before}`, `during: ${during}`, `change: ${change}`, `answers: ${answers}`], faults };
    },
  },
  restarts: {
    about: 'a database that is stopped with -m immediate while models are edited and records written on 3 nodes',
    run: async (seed, size) => {
      const { crashes, answers, records, recovery, faults } = await runRestarts(seed, Math.ceil(30 * size));
      return {
        lines: [
          `${crashes} crashes, ${records} acknowledged records: ${answers}`,
          `nodes are ready after: ${recovery}`,
        ],
        faults: [...faults, ...above('the longest recovery', recovery.max, READY)],
      };
    },
  },
  fuzz: {
    about: 'random edits and writes on 3 nodes that are killed, stopped and cut off',
    run: async (seed, size) => {
      const { summary, troubles, faults } = await nodesFuzz(seed, Math.ceil(10_000 * size), (line) =>
        console.log(`  ${line}`),
      );
      return { lines: [`${summary}`, `  troubles ${troubles}`], faults };
    },
  },
  memory: {
    about: '8,000 edits beside 10,000 models, for longer than connections last',
    run: async (_seed, size) => {
      const options = { models: Math.ceil(10_000 * size), edits: Math.ceil(8000 * size), looks: 16 };
      const { heaps, slopes, loop, faults } = await runMemory(options);
      const bytes = slopes.map((slope) => slope.toFixed(0)).join(' and ');
      return { lines: [`heaps: ${heaps}`, `slopes: ${bytes} bytes an edit`, `event loops: ${loop}`], faults };
    },
  },
};

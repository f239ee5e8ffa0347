import fc from 'fast-check';
import { startApp, type TestServer } from '../support/server.js';
import { ENABLED, isInBackground } from './enabled.js';
import { watchDdl } from './invariants.js';
import { Session } from './session.js';
import { type Step, Summary } from './summary.js';

const EDITS_PER_RUN = 50;
/** How often a failing run is tried again with fewer steps. */
const ATTEMPTS = Number(process.env['FUZZ_ATTEMPTS'] ?? 60);

const steps = (length: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      command: fc.constantFrom(...ENABLED.commands),
      writes: fc.constantFrom(0, 0, 1, 1, 2),
      seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    }),
    { minLength: length, maxLength: length },
  );

interface Failure {
  readonly error: unknown;
  readonly trace: readonly string[];
  /** How many of the steps it took. */
  readonly at: number;
}

const startWatched = async (): Promise<TestServer> => {
  const server = await startApp(isInBackground ? { options: { backgroundFrom: 1 } } : {});
  await watchDdl(server.database);
  return server;
};

/** Runs until enough edits are done, or until something differs. */
const run = async (
  server: TestServer,
  app: string,
  seed: number,
  list: readonly Step[],
  summary: Summary,
  enough: number,
) => {
  const session = new Session(server.http, server.database, { app, models: new Map() }, summary);
  let at = 0;
  try {
    await session.arrange(seed);
    const end = summary.edits + enough;
    for (const step of list) {
      at += 1;
      if (summary.edits >= end) break;
      await session.step(step);
    }
    await session.finish();
    return null;
  } catch (error) {
    return { error, trace: session.trace, at };
  }
};

/** Leaves out steps as long as the run still fails, each time in a database of its own. */
const shrink = async (seed: number, list: readonly Step[], failure: Failure): Promise<Failure> => {
  let smallest = list.slice(0, failure.at);
  let found = failure;
  let attempts = 0;
  for (let size = Math.ceil(smallest.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < smallest.length && attempts < ATTEMPTS;) {
      attempts += 1;
      const fewer = [...smallest.slice(0, start), ...smallest.slice(start + size)];
      const server = await startWatched();
      const outcome = await run(server, 'shrunk', seed, fewer, new Summary(), Infinity);
      await server.close();
      if (outcome === null) start += size;
      else {
        smallest = fewer.slice(0, outcome.at);
        found = outcome;
      }
    }
  }
  return found;
};

const report = (seed: number, { error, trace }: Failure): string =>
  [
    `Divergence with FUZZ_SEED=${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    ...trace.slice(-40),
  ].join('\n');

export interface FuzzOutcome {
  readonly summary: Summary;
  /** Null when nothing differs. */
  readonly divergence: string | null;
}

/** Edits models at random, and compares what is there with an oracle after each edit. */
export const fuzz = async (seed: number, edits: number): Promise<FuzzOutcome> => {
  const summary = new Summary();
  const server = await startWatched();
  try {
    while (summary.edits < edits) {
      summary.runs += 1;
      const own = seed + summary.runs;
      // Some steps find nothing to do.
      const [list = []] = fc.sample(steps(EDITS_PER_RUN * 2), { seed: own, numRuns: 1 });
      const enough = Math.min(EDITS_PER_RUN, edits - summary.edits);
      const failure = await run(server, `f${summary.runs}`, own, list, summary, enough);
      if (failure === null) continue;
      summary.divergences += 1;
      return { summary, divergence: report(own - 1, await shrink(own, list, failure)) };
    }
    return { summary, divergence: null };
  } finally {
    await server.close();
  }
};

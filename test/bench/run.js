import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureChanges } from './changes.js';
import { killChildren } from './child.js';
import { startDatabases } from './database.js';
import { fill } from './fill.js';
import { measureImports } from './imports.js';
import { measureOperations } from './operations.js';
import { report } from './report.js';
import { measureStarts } from './starts.js';

const HELP = `npm run bench -- [options]

  --only PART     import (what Dynamo adds to a start), changes (by the number of models) or operations (by the number
                  of rows); all when left out
  --quick         10 and 1,000 models and 10,000 rows only
  --rounds N      changes measured at each size (60), after 10 that are not
  --starts N      starts measured at each size, and of each application of the import (5, 15)
  --rows LIST     rows of the tables that operations change (10000,100000,1000000, or BENCH_ROWS)
  --matching TEXT only operations whose title this regular expression finds
  --repeats N     runs of each operation on each table (3)
  --trace         also time each SQL statement of a change (slows everything down a little)
  --json FILE     write the figures to FILE
`;

const WARM_UPS = 10;
const PARTS = ['import', 'changes', 'operations'];
const [STARTS, IMPORT_STARTS] = [5, 15];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '60' },
    starts: { type: 'string' },
    rows: { type: 'string' },
    matching: { type: 'string', default: '' },
    repeats: { type: 'string', default: '3' },
    trace: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const say = (text) => process.stderr.write(`${text}\n`);

/** The embedded server outlives this process, so an interrupted run has to stop it, too. */
const stopOnSignal = (databases) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      killChildren();
      void databases.stop().finally(() => process.exit(1));
    });
  }
};

const runChanges = async (databases) => {
  const sizes = options.quick ? [10, 1_000] : [10, 1_000, 10_000];
  const starts = Number(options.starts ?? STARTS);
  const rounds = Number(options.rounds);
  const filled = [];
  for (const size of sizes) {
    filled.push(await fill(databases, size));
    say(`filled ${size} models in ${(filled.at(-1).milliseconds / 1000).toFixed(1)} s`);
  }
  say(`measuring ${starts} starts of each`);
  const started = await measureStarts(filled, starts);
  say(`measuring ${rounds} changes of each`);
  const changed = await measureChanges(filled, { warmUps: WARM_UPS, rounds, trace: options.trace });
  return {
    rounds,
    starts,
    sizes: filled.map(({ size, milliseconds }, position) => ({
      size,
      fill: milliseconds,
      start: started[position],
      change: changed[position],
    })),
  };
};

const runImports = async (databases) => {
  const starts = Number(options.starts ?? IMPORT_STARTS);
  say(`measuring ${starts} starts with and without Dynamo`);
  return { starts, applications: await measureImports(databases, starts) };
};

const runOperations = async (databases) => {
  const wanted = options.rows ?? process.env.BENCH_ROWS ?? (options.quick ? '10000' : '10000,100000,1000000');
  const rows = wanted.split(',').map(Number);
  if (!rows.every((count) => Number.isInteger(count) && count > 0))
    throw new Error(`"${wanted}" is no list of numbers.`);
  const repeats = Number(options.repeats);
  return {
    repeats,
    sizes: await measureOperations(databases, { rows, repeats, matching: new RegExp(options.matching), say }),
  };
};

const run = async () => {
  const { only } = options;
  if (only !== undefined && !PARTS.includes(only))
    throw new Error(`--only takes ${PARTS.slice(0, -1).join(', ')} or ${PARTS.at(-1)}.`);
  const isWanted = (part) => only === undefined || only === part;
  const databases = await startDatabases();
  stopOnSignal(databases);
  try {
    return {
      machine: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
      node: process.version,
      database: databases.description,
      imports: isWanted('import') ? await runImports(databases) : undefined,
      changes: isWanted('changes') ? await runChanges(databases) : undefined,
      operations: isWanted('operations') ? await runOperations(databases) : undefined,
    };
  } finally {
    await databases.stop();
  }
};

if (options.help) {
  say(HELP);
} else {
  const figures = await run();
  console.log(report(figures));
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
}

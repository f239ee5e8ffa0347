import { check, printChecks } from './checks.js';
import { main } from './cli.js';
import { findModels } from './define.js';
import { ExampleError } from './errors.js';
import { models } from './models.js';
import { countUnchanged, takeSnapshot } from './snapshot.js';
import { steps } from './steps.js';

await main(async (client) => {
  let live = await findModels(client);
  const before = live.size === models.length ? await takeSnapshot(client, live) : new Map();
  if (!before.has('Track 1')) {
    throw new ExampleError('The music shop is not loaded on this server. Run "npm run example:chinook" first.');
  }

  let isGood = true;
  for (const step of steps) {
    const isNew = !step.isApplied(live);
    const start = performance.now();
    if (isNew) await step.apply(client, live);
    const took = `done in ${Math.round(performance.now() - start)} ms`;
    console.log(`${step.title}: ${isNew ? took : 'already applied, nothing changed'}`);

    live = await findModels(client);
    const unchanged = countUnchanged(before, await takeSnapshot(client, live));
    const checks = [
      check('rows of all models with the values from before', before.size, unchanged),
      ...(await step.check(client, live, isNew)),
    ];
    isGood = printChecks(checks) && isGood;
  }
  return isGood;
});

import { describe, expect, it } from '@jest/globals';
import { serverFuzz } from './server/server-fuzz.js';

/** Always the same here, so that a change is judged by what it changes; `npm run fuzz:server` takes others. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
/** `npm run fuzz:server` takes an hour. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 5);

describe('random requests to every route', () => {
  it(
    `never break the server, for ${SECONDS} s (FUZZ_SEED=${SEED})`,
    async () => {
      const end = performance.now() + SECONDS * 1000;

      const { requests, answers, faults } = await serverFuzz(SEED, () => performance.now() > end);

      console.info(`FUZZ_SEED=${SEED} ${requests} requests ${JSON.stringify(answers)}`);
      expect(faults).toEqual([]);
      expect(Object.keys(answers)).toEqual(expect.arrayContaining(['2xx', '4xx']));
    },
    (SECONDS + 60) * 1000,
  );
});

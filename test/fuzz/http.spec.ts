import { describe, expect, it } from '@jest/globals';
import { fuzzHttp } from './http/fuzz-http.js';

/** Always the same here, so that a change is judged by what it changes; `npm run fuzz:http` takes others. */
const FIXED_SEED = 526_622_297;
const FIXED_REQUESTS = 600;
/** What the fixed ones take of the time. */
const FIXED_SECONDS = 4;
const SEED = Number(process.env['FUZZ_SEED'] ?? 7);
const SECONDS = Math.max(2, Number(process.env['FUZZ_SECONDS'] ?? 7) - FIXED_SECONDS);

describe('random requests', () => {
  // Not on Express, where Node itself answers heads that are too long, and without a problem document.
  it(`get answers that tell nothing and break nothing, ${FIXED_REQUESTS} times`, async () => {
    const { failures } = await fuzzHttp(FIXED_SEED, { requests: FIXED_REQUESTS, seconds: Infinity }, 'fastify');

    expect(failures).toEqual([]);
  }, 180_000);

  it(
    `get such answers for ${SECONDS} seconds`,
    async () => {
      const { summary, failures } = await fuzzHttp(SEED, { requests: Infinity, seconds: SECONDS });

      console.info(`FUZZ_SEED=${SEED}\n${summary}`);
      expect(failures).toEqual([]);
    },
    (SECONDS + 120) * 1000,
  );
});

import { describe, expect, it } from '@jest/globals';
import { fuzz } from './fuzz.js';

/** Always the same here, so that a change is judged by what it changes; `npm run fuzz` takes another one every time. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 526_622_297);
const EDITS = Number(process.env['FUZZ_EDITS'] ?? 150);

describe('random edits of models among writes of records', () => {
  it(`agree with the oracle, ${EDITS} times (FUZZ_SEED=${SEED})`, async () => {
    const { summary, divergence } = await fuzz(SEED, EDITS);

    console.info(`FUZZ_SEED=${SEED}\n${summary}`);
    expect(divergence).toBeNull();
    expect(summary.edits).toBe(EDITS);
  }, 900_000);
});

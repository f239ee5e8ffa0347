import { describe, expect, it } from '@jest/globals';
import { runLoad } from './load/load.js';

/** Far above what it takes, far below what looking now and then would. */
const LATE = 2500;

describe('three nodes on one database', () => {
  it('lose no write and mix up no column while their model changes', async () => {
    const { faults, requests, changes } = await runLoad({
      seed: 1,
      clients: 8,
      changes: 14,
      cutEvery: 5,
      requests: 200,
    });

    expect(faults).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(200);
    expect(changes.keys().length).toBeGreaterThanOrEqual(6);
  }, 120_000);

  it('follow each other at once, also one that has just lost its announcements', async () => {
    const quiet = { seed: 2, clients: 0, changes: 6, cutEvery: 2, requests: 0 };
    const { faults, convergence, afterCut } = await runLoad(quiet);

    expect(faults).toEqual([]);
    expect(convergence.max).toBeLessThan(LATE);
    expect(afterCut.max).toBeLessThan(LATE);
  }, 120_000);
});

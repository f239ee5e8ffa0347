import { describe, expect, it } from '@jest/globals';
import { runRestarts } from './restarts/restarts.js';

describe('a database that ends without a word', () => {
  it('has every change whole or not at all, and every record that was acknowledged', async () => {
    const { faults, crashes, recovery } = await runRestarts(1, 2);

    expect(faults).toEqual([]);
    expect(recovery.count).toBe(crashes * 3);
    expect(recovery.max).toBeLessThan(10_000);
  }, 120_000);
});

import { describe, expect, it } from '@jest/globals';
import { nodesFuzz } from './fuzz/nodes-fuzz.js';

describe('random edits on three nodes that are killed, stopped and cut off', () => {
  it('agree with the oracle, and the nodes with each other', async () => {
    const { summary, faults } = await nodesFuzz(1, 20);

    expect(faults).toEqual([]);
    expect(summary.edits).toBe(20);
  }, 180_000);
});

import { describe, expect, it } from '@jest/globals';
import { runMemory } from './memory/memory.js';

describe('nodes whose models are edited again and again', () => {
  it('keep little of it, and answer meanwhile', async () => {
    const { slopes, heaps } = await runMemory({ models: 10, edits: 120, looks: 6 });

    expect(heaps).toMatch(/MB$/);
    // So few edits also warm up what runs; one model that is kept for each would be more than that.
    expect(Math.max(...slopes)).toBeLessThan(40_000);
  }, 120_000);
});

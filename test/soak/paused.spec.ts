import { describe, expect, it } from '@jest/globals';
import { runPaused } from './paused/paused.js';

describe('a node that was stopped while a model changed', () => {
  it('writes nothing wrong and refuses nothing right when it goes on', async () => {
    const { faults, tries } = await runPaused(1, 2);

    expect(faults).toEqual([]);
    expect(tries.of('refused twice')).toBe(0);
  }, 120_000);
});

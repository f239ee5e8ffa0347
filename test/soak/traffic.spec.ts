import { describe, expect, it } from '@jest/globals';
import { runForeignKeys } from './traffic/foreign-keys.js';
import { runReader } from './traffic/reader.js';

describe('a change of tables that others use', () => {
  it('never makes the traffic the victim of a deadlock', async () => {
    const { faults, deadlocks } = await runForeignKeys(6, 4);

    expect(faults).toEqual([]);
    expect(deadlocks).toBe(0);
  }, 180_000);

  it('waits for a long reader, and nobody else does', async () => {
    const { faults, change, before, during } = await runReader(2, 6);

    expect(faults).toEqual([]);
    expect(change).toMatch(/^(201|409 schema_busy) /);
    expect(during.quantile(0.5)).toBeLessThan(before.quantile(0.5) + 100);
  }, 120_000);
});

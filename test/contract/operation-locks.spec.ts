import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CASES, planOf, REMEDIES } from '../fixtures/operations/examples.js';
import { Laboratory } from '../fixtures/operations/laboratory.js';

const EXAMPLES = [
  ...CASES.map((example) => ({ title: example.title, example, requests: {} })),
  ...REMEDIES.map(({ title, example, requests }) => ({ title, example, requests })),
];

describe('every operation', () => {
  let laboratory: Laboratory;

  beforeAll(async () => {
    laboratory = await Laboratory.open();
  });
  afterAll(() => laboratory?.close());

  it.each(EXAMPLES)(
    'takes the lock that it says, and writes the table anew only if it says so: $title',
    async (item) => {
      const start = await laboratory.arrange(item.example.before, item.example.rows);
      const plan = planOf(item.example);
      const { operations } = await laboratory.foresight.clear(plan.operations, start, item.requests);

      const observed = await laboratory.observation.of(operations);

      expect(observed.map(({ kind, lock }) => ({ kind, lock }))).toEqual(
        operations.map(({ kind, lock }) => ({ kind, lock })),
      );
      expect(
        operations.filter(({ rewrites }, position) => rewrites !== 'rewrites' && observed[position]?.isRewritten),
      ).toEqual([]);
    },
  );
});

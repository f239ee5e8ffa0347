import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schemaState } from '../../src/schema/schema-state.js';
import { COMBINATIONS } from '../fixtures/operations/combinations/index.js';
import { BLOCKED, planOf, REMEDIES } from '../fixtures/operations/examples.js';
import { Laboratory } from '../fixtures/operations/laboratory.js';
import { essence } from '../fixtures/operations/states.js';

const operationsUpTo = ({ type, ...example }: (typeof BLOCKED)[number]) => {
  const { operations } = planOf(example);
  const last = operations.findIndex(({ kind }) => kind === type.kind);
  return operations.slice(0, last + 1);
};
const UNNOTICED = BLOCKED.filter(({ refusal }) => refusal === null);

describe('rows in the way of an operation', () => {
  let laboratory: Laboratory;

  beforeAll(async () => {
    laboratory = await Laboratory.open();
  });
  afterAll(() => laboratory?.close());

  it.each(BLOCKED)('are counted, some of them shown, with what may be done: $title', async (example) => {
    const start = await laboratory.arrange(example.before, example.rows);
    const { code, path, message, count, samples, remedies } = example;

    const { blockers } = await laboratory.foresight.clear(planOf(example).operations, start);

    expect(blockers).toEqual([{ code, path, message, count, samples, remedies: Object.keys(remedies) }]);
  });

  it.each(BLOCKED)('would be refused by PostgreSQL, or not noticed: $title', async (example) => {
    await laboratory.arrange(example.before, example.rows);

    const refusal = await laboratory.refusal(operationsUpTo(example));

    expect(refusal).toBe(example.refusal);
  });

  it.each(UNNOTICED)('are asked for again where PostgreSQL would not notice: $title', (example) => {
    expect(operationsUpTo(example).at(-1)).toMatchObject({ kind: example.type.kind, asksAgain: true });
  });

  it.each([...REMEDIES, ...COMBINATIONS])('are dealt with as asked: $title', async (remedied) => {
    const { example, requests, plan, rowsAfter } = remedied;
    const start = await laboratory.arrange(example.before, example.rows);

    const { operations, blockers } = await laboratory.foresight.clear(planOf(example).operations, start, requests);
    const foreseen = await laboratory.foresight.rows(operations, start);
    const { state, problems } = await laboratory.runAll(operations, start);

    expect(blockers).toEqual([]);
    expect(operations.map(({ kind }) => kind)).toEqual(plan);
    expect(foreseen).toEqual(rowsAfter);
    expect(problems).toEqual([]);
    expect(essence(state)).toEqual(essence(schemaState(example.after)));
    expect(await laboratory.rows()).toEqual(rowsAfter);
  });

  it.each(COMBINATIONS)('are found one after the other, as they will be by then: $title', async (combination) => {
    const start = await laboratory.arrange(combination.example.before, combination.example.rows);

    const { blockers } = await laboratory.foresight.clear(planOf(combination.example).operations, start);

    expect(blockers).toMatchObject(combination.found);
  });
});

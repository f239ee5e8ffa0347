import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATIONS } from '../../src/schema/operations/index.js';
import { diffSchemas } from '../../src/schema/schema-diff.js';
import { PHASES } from '../../src/schema/schema-operation.js';
import { planSchema } from '../../src/schema/schema-planner.js';
import { schemaState } from '../../src/schema/schema-state.js';
import { CASES, fixtureOf, planOf } from '../fixtures/operations/examples.js';
import { Laboratory } from '../fixtures/operations/laboratory.js';
import { essence } from '../fixtures/operations/states.js';

const REVERSIBLE = CASES.filter(({ irreversible }) => irreversible.length === 0);

describe('every operation', () => {
  let laboratory: Laboratory;

  beforeAll(async () => {
    laboratory = await Laboratory.open();
  });
  afterAll(() => laboratory?.close());

  it.each(OPERATIONS)('$kind has a fixture and a phase', ({ kind, phase }) => {
    expect(fixtureOf(kind).cases.length).toBeGreaterThan(0);
    expect(PHASES).toContain(phase);
  });

  it('has a kind of its own', () => {
    expect(new Set(OPERATIONS.map(({ kind }) => kind)).size).toBe(OPERATIONS.length);
  });

  it.each(CASES)('is found, described and written as SQL: $title', ({ type, before, after, conversions, ...seen }) => {
    const operations = type.detect(diffSchemas(schemaState(before), schemaState(after), conversions));

    expect(operations.map(({ kind }) => kind)).toEqual(operations.map(() => type.kind));
    expect(operations.map((operation) => operation.describe())).toEqual(seen.describe);
    expect(operations.flatMap((operation) => operation.toSql().map(({ text }) => text))).toEqual(seen.sql);
    expect(operations.map(({ destructive }) => destructive)).toEqual(operations.map(() => seen.destructive));
  });

  it.each(CASES)('leads to the wanted state with the others of its plan: $title', (example) => {
    const plan = planOf(example);
    const wanted = schemaState(example.after);

    expect(plan.operations.map(({ kind }) => kind)).toEqual(example.plan);
    expect(essence(plan.after)).toEqual(essence(wanted));
    expect(planSchema(wanted, wanted)).toMatchObject({ operations: [], isEmpty: true });
  });

  it.each(CASES)('finds nothing in its way, and knows the rows before it runs: $title', async (example) => {
    const start = await laboratory.arrange(example.before, example.rows);
    const { operations } = planOf(example);

    const { blockers } = await laboratory.foresight.clear(operations, start);
    const foreseen = await laboratory.foresight.rows(operations, start);

    expect(blockers).toEqual([]);
    expect(foreseen).toEqual(example.rowsAfter);
  });

  it.each(CASES)('does to the database what it does to a state, and keeps the rows: $title', async (example) => {
    const start = await laboratory.arrange(example.before, example.rows);

    const { state, problems } = await laboratory.runAll(planOf(example).operations, start);

    expect(problems).toEqual([]);
    expect(essence(state)).toEqual(essence(schemaState(example.after)));
    expect(await laboratory.rows()).toEqual(example.rowsAfter);
  });

  it.each(REVERSIBLE)('is undone by its inverse: $title', async (example) => {
    const start = await laboratory.arrange(example.before, example.rows);
    const { operations } = planOf(example);
    const rowsBefore = await laboratory.rows();
    const { state } = await laboratory.runAll(operations, start);

    const inverses = operations.toReversed().flatMap((operation) => operation.inverse() ?? []);
    const undone = await laboratory.runAll(inverses, state);

    expect(inverses.length).toBe(operations.length);
    expect(undone.problems).toEqual([]);
    expect(essence(undone.state)).toEqual(essence(start));
    expect(await laboratory.rows()).toEqual(rowsBefore);
  });

  it.each(CASES)('has no inverse where something is lost: $title', (example) => {
    const { operations, destructive } = planOf(example);
    const irreversible = operations.filter((operation) => operation.inverse() === null);

    expect(irreversible.map(({ kind }) => kind)).toEqual(example.irreversible);
    expect(irreversible).toEqual(expect.arrayContaining([...destructive]));
  });
});

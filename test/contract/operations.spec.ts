import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATIONS } from '../../src/schema/operations/index.js';
import { diffSchemas } from '../../src/schema/schema-diff.js';
import { PHASES } from '../../src/schema/schema-operation.js';
import { planSchema } from '../../src/schema/schema-planner.js';
import { schemaState } from '../../src/schema/schema-state.js';
import { OPERATION_FIXTURES } from '../fixtures/operations/index.js';
import { Laboratory } from '../fixtures/operations/laboratory.js';
import { essence } from '../fixtures/operations/states.js';

const fixtureOf = (kind: string) => OPERATION_FIXTURES[kind] ?? { destructive: false, cases: [], blocked: [] };

const CASES = OPERATIONS.flatMap((type) =>
  fixtureOf(type.kind).cases.map(({ title, before, after, ...seen }) => {
    const states = { before: schemaState(before), after: schemaState(after) };
    return { ...seen, ...states, type, title: `${type.kind} ${title}`, tables: before };
  }),
);
const REVERSIBLE = CASES.filter(({ reversible }) => reversible);
const IRREVERSIBLE = CASES.filter(({ reversible }) => !reversible);

const BLOCKED = OPERATIONS.flatMap((type) =>
  fixtureOf(type.kind).blocked.map(({ title, before, after, rows, ...answer }) => {
    const [operation] = type.detect(diffSchemas(schemaState(before), schemaState(after)));
    return { title: `${type.kind}: ${title}`, operation, tables: before, rows, answer };
  }),
);

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

  it.each(CASES)('is found, described and written as SQL: $title', ({ type, before, after, ...seen }) => {
    const operations = type.detect(diffSchemas(before, after));

    expect(operations.map(({ kind }) => kind)).toEqual(operations.map(() => type.kind));
    expect(operations.map((operation) => operation.describe())).toEqual(seen.describe);
    expect(operations.flatMap((operation) => operation.toSql().map(({ text }) => text))).toEqual(seen.sql);
    expect(operations.map(({ destructive }) => destructive)).toEqual(
      operations.map(() => fixtureOf(type.kind).destructive),
    );
  });

  it.each(CASES)('leads to the wanted state with the others of its plan: $title', ({ before, after, plan }) => {
    const { operations } = planSchema(before, after);

    expect(operations.map(({ kind }) => kind)).toEqual(plan);
    expect(essence(operations.reduce((state, operation) => operation.apply(state), before))).toEqual(essence(after));
    expect(planSchema(after, after)).toMatchObject({ operations: [], isEmpty: true });
  });

  it.each(CASES)('does to the database what it does to a state, and keeps the rows: $title', async (example) => {
    const start = await laboratory.arrange(example.tables, example.rows);

    const { state, problems } = await laboratory.runAll(planSchema(start, example.after).operations, start);

    expect(problems).toEqual([]);
    expect(essence(state)).toEqual(essence(example.after));
    expect(await laboratory.rows()).toEqual(example.rowsAfter);
  });

  it.each(REVERSIBLE)('is undone by its inverse: $title', async ({ tables, rows, after }) => {
    const start = await laboratory.arrange(tables, rows);
    const { operations } = planSchema(start, after);
    const rowsBefore = await laboratory.rows();
    const { state } = await laboratory.runAll(operations, start);

    const inverses = operations.toReversed().flatMap((operation) => operation.inverse() ?? []);
    const undone = await laboratory.runAll(inverses, state);

    expect(inverses.length).toBe(operations.length);
    expect(undone.problems).toEqual([]);
    expect(essence(undone.state)).toEqual(essence(start));
    expect(await laboratory.rows()).toEqual(rowsBefore);
  });

  it.each(IRREVERSIBLE)('has no inverse where something is lost: $title', ({ before, after }) => {
    const { operations, destructive } = planSchema(before, after);

    expect(destructive.length).toBeGreaterThan(0);
    expect(operations.filter((operation) => operation.inverse() === null)).toEqual(destructive);
  });

  it.each(BLOCKED)('counts the rows in its way and shows some: $title', async ({ operation, tables, rows, answer }) => {
    const start = await laboratory.arrange(tables, rows);

    const found = operation && (await laboratory.ask(operation, start));

    expect(found).toEqual(answer);
  });

  it.each(BLOCKED)('would be refused by PostgreSQL: $title', async ({ operation, tables, rows }) => {
    await laboratory.arrange(tables, rows);

    const code = operation && (await laboratory.refusal(operation));

    expect(code).toMatch(/^23/);
  });
});

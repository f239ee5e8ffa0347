import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PlanPreparation, preparePlan } from '../../src/schema/preparation/plan-preparation.js';
import { SchemaPlan } from '../../src/schema/schema-plan.js';
import { type SchemaState, schemaState } from '../../src/schema/schema-state.js';
import { COMBINATIONS } from '../fixtures/operations/combinations/index.js';
import { CASES, planOf, REMEDIES } from '../fixtures/operations/examples.js';
import { Laboratory } from '../fixtures/operations/laboratory.js';
import { essence } from '../fixtures/operations/states.js';

const EXAMPLES = [
  ...CASES.map((example) => ({ title: example.title, example, requests: {}, rowsAfter: example.rowsAfter })),
  ...REMEDIES,
  ...COMBINATIONS,
];

const sorted = (rows: Readonly<Record<string, readonly object[]>>) =>
  Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [
      table,
      [...list].sort((a, b) => (essential(a) < essential(b) ? -1 : 1)),
    ]),
  );
const essential = (row: object): string => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

describe('an operation that is got ready in the background', () => {
  let laboratory: Laboratory;

  beforeAll(async () => {
    laboratory = await Laboratory.open();
  });
  afterAll(() => laboratory?.close());

  /** What is to be done, as for tables with many rows. */
  const arrange = async (item: (typeof EXAMPLES)[number]) => {
    const start: SchemaState = await laboratory.arrange(item.example.before, item.example.rows);
    const { operations } = await laboratory.foresight.clear(planOf(item.example).operations, start, item.requests);
    const plan = new SchemaPlan(start, operations);
    return { start, plan, preparation: preparePlan(plan, () => true) };
  };

  it.each(EXAMPLES)('leads to the same table with the same rows: $title', async (item) => {
    const { start, plan, preparation } = await arrange(item);

    await laboratory.background.prepare(preparation);
    const { state, problems } = await laboratory.runAll(plan.operations, start, preparation.rest);

    expect(problems).toEqual([]);
    expect(essence(state)).toEqual(essence(schemaState(item.example.after)));
    expect(sorted(await laboratory.rows())).toEqual(sorted(item.rowsAfter));
    expect(await laboratory.background.leftovers()).toEqual([]);
  });

  it.each(EXAMPLES)('leaves nothing behind when it is given up: $title', async (item) => {
    const { start, preparation } = await arrange(item);
    const rows = await laboratory.rows();

    await laboratory.background.prepare(preparation);
    await laboratory.background.undo(preparation);
    await laboratory.background.undo(preparation);
    const { problems } = await laboratory.runAll([], start);

    expect(problems).toEqual([]);
    expect(sorted(await laboratory.rows())).toEqual(sorted(rows));
    expect(await laboratory.background.leftovers()).toEqual([]);
  });

  it('holds up others where rows depend on each other, where pairs are moved, and where columns that count get another type', async () => {
    const kinds = new Set<string>();
    for (const item of EXAMPLES) {
      const { plan, preparation } = await arrange(item);
      const [first] = slowIn(plan, preparation);
      if (first !== undefined) kinds.add(first.kind);
      expect(preparation.holding).toHaveLength(slowIn(plan, preparation).length);
    }

    expect([...kinds].sort()).toEqual([
      'alter_column_type', // of numbers that the database counts
      'drop_duplicates',
      'drop_pairs',
      'empty_duplicates',
      'leave_target',
      'move_to_column',
      'move_to_join_table',
    ]);
  });
});

const slowIn = ({ before, operations }: SchemaPlan, preparation: PlanPreparation) =>
  operations.filter(
    ({ rewrites, table }, position) =>
      rewrites !== 'nothing' && before.tables.has(table.id) && preparation.rest[position] === undefined,
  );

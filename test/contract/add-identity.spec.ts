import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { planOf } from '../fixtures/operations/examples.js';
import { Laboratory } from '../fixtures/operations/laboratory.js';
import { column, table } from '../fixtures/operations/states.js';

const song = (identity: boolean) => table('song', [column('number', 'integer', { nullable: false, identity })]);

describe('a column that begins to count up', () => {
  let laboratory: Laboratory;

  beforeAll(async () => {
    laboratory = await Laboratory.open();
  });
  afterAll(() => laboratory?.close());

  it.each([
    ['after the greatest value', [7, 3], 8],
    ['from one where there are no values', [], 1],
    ['from one where there is only zero', [0], 1],
    ['from one where all values are negative', [-7, -3], 1],
  ])('goes on %s', async (_title, numbers, next) => {
    // Ids that the next record does not meet.
    const rows = { song: numbers.map((number, at) => ({ id: at + 100, number })) };
    const example = { title: '', before: [song(false)], after: [song(true)], rows };
    const start = await laboratory.arrange(example.before, rows);
    await laboratory.runAll(planOf(example).operations, start);

    const added = await laboratory.insertInto('song');

    expect(added).toMatchObject({ number: next });
  });
});

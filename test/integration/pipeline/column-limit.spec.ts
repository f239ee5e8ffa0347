import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type QueryRunner } from 'typeorm';
import { foreseeColumns } from '../../../src/pipeline/column-limit.js';
import { planSchema } from '../../../src/schema/schema-planner.js';
import { schemaState, type TableState } from '../../../src/schema/schema-state.js';
import { column, table } from '../../fixtures/operations/states.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';

const REST = 'Deleted fields count too. Create a new model and move the records there.';

/** A table with so many columns beside its id. */
const wide = (name: string, columns: number): TableState =>
  table(
    name,
    Array.from({ length: columns }, (_, position) => column(`c${position}`, 'integer')),
    { label: `music.${name}` },
  );

describe('the number of columns in the life of a table', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runner: QueryRunner;

  const check = (before: readonly TableState[], after: readonly TableState[]) =>
    foreseeColumns(planSchema(schemaState(before), schemaState(after)), runner);

  beforeAll(async () => {
    database = await createDatabase();
    dataSource = await new DataSource(database.options).initialize();
    runner = dataSource.createQueryRunner();
    const sizes = { Few: 1198, Many: 1199, Most: 1499, Full: 1500 };
    for (const [name, size] of Object.entries(sizes)) {
      const columns = Array.from({ length: size - 1 }, (_, position) => `c${position} integer`);
      await runner.query(`CREATE TABLE "${name}" (id bigint, ${columns.join(', ')})`);
      await runner.query(`ALTER TABLE "${name}" DROP COLUMN c1`);
    }
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it.each(['Few', 'Many', 'Most', 'Full'])('means nothing where no column comes: %s', async (name) => {
    expect(await check([wide(name, 1)], [{ ...wide(name, 1), name: 'renamed' }])).toEqual([]);
  });

  it('means nothing while there is room', async () => {
    expect(await check([wide('Few', 1)], [wide('Few', 2)])).toEqual([]);
  });

  it.each([
    ['Many', 1200],
    ['Most', 1500],
  ])('is warned of near the limit, columns that were dropped included: %s', async (name, columns) => {
    expect(await check([wide(name, 1)], [wide(name, 2)])).toEqual([
      `"music.${name}" will have had ${columns} of the 1500 columns that a table takes in its life. ${REST}`,
    ]);
  });

  it('has a limit', async () => {
    await expect(check([wide('Full', 1)], [wide('Full', 2)])).rejects.toMatchObject({
      status: 400,
      code: 'limit_reached',
      message: `"music.Full" would have had 1501 columns, and a table takes 1500 in its life. ${REST}`,
    });
  });

  it('counts all columns that come at once', async () => {
    await expect(check([wide('Few', 1)], [wide('Few', 304)])).rejects.toMatchObject({
      code: 'limit_reached',
      message: `"music.Few" would have had 1501 columns, and a table takes 1500 in its life. ${REST}`,
    });
  });

  it('holds for new tables too', async () => {
    expect(await check([], [wide('New', 1198)])).toEqual([]);
    expect(await check([], [wide('New', 1199)])).toEqual([
      `"music.New" will have had 1200 of the 1500 columns that a table takes in its life. ${REST}`,
    ]);
    await expect(check([], [wide('New', 1500)])).rejects.toMatchObject({
      code: 'limit_reached',
      message: `"music.New" would have had 1501 columns, and a table takes 1500 in its life. ${REST}`,
    });
  });
});

import type { DataSource, QueryRunner } from 'typeorm';

/** What can be asked. */
export type Queried = Pick<DataSource | QueryRunner, 'query'>;

/**
 * Runs one SELECT and gives its rows with the shape that the caller knows them to have.
 *
 * @example const [{ now }] = await queryRows<[{ now: Date }]>(runner, 'SELECT now()');
 */
export const queryRows = async <Rows extends readonly object[]>(
  source: Queried,
  text: string,
  values: readonly unknown[] = [],
): Promise<Rows> => (await source.query(text, [...values])) as Rows;

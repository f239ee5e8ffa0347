import type { Pool } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { shortHash } from '../definition/identifiers.js';
import { limitedPool } from './limited-pool.js';

/** An SQL text that is sent again and again: prepared once per connection under a name of its own. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * Names a text. The model's version is part of the name, because a statement prepared for an older table would fail
 * on its connection for ever.
 */
export const statement = (text: string, version: number): Statement => ({
  name: `dynamo_${version}_${shortHash(text)}`,
  text,
});

/** A statement as it is sent. */
export interface Query {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The little of a pg client and pool that is needed here. */
export interface Queryable {
  query(config: Query): Promise<{ rows: unknown[] }>;
}

/** Sends statements straight to the driver: TypeORM's query runner knows no prepared statements. */
export class StatementRunner {
  private constructor(private readonly client: Queryable) {}

  /** On any connection of the pool, each statement in a transaction of its own. @param limit of each in milliseconds; 0 is none */
  static onPool(dataSource: DataSource, limit = 0): StatementRunner {
    const { master } = dataSource.driver as unknown as { readonly master: Pool };
    return new StatementRunner(limitedPool(master, limit));
  }

  /** On whatever takes statements. */
  static over(client: Queryable): StatementRunner {
    return new StatementRunner(client);
  }

  /** On the connection of a query runner, in its transaction if it has one. */
  static async onConnection(queryRunner: QueryRunner): Promise<StatementRunner> {
    return new StatementRunner((await queryRunner.connect()) as Queryable);
  }

  /** In one transaction: all of `work`, or nothing. */
  static async inTransaction<T>(
    dataSource: DataSource,
    work: (runner: StatementRunner, manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    return dataSource.transaction(async (manager) => {
      const { queryRunner } = manager;
      if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
      return work(await StatementRunner.onConnection(queryRunner), manager);
    });
  }

  /** For what asks as TypeORM does. */
  async query<Rows>(text: string, values: readonly unknown[] = []): Promise<Rows> {
    return (await this.rows<object>(text, values)) as Rows;
  }

  async rows<Row extends object>(query: Statement | string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const isText = typeof query === 'string';
    const { rows } = await this.client.query(
      isText ? { text: query, values } : { name: query.name, text: query.text, values },
    );
    return rows as Row[];
  }
}

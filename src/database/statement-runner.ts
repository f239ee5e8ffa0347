import type { Pool } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isStaleDefinition } from './postgres-error.js';
import { shortHash } from '../definition/identifiers.js';
import { TimedPool } from './timed-pool.js';

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

/** @param limit of each statement in milliseconds; 0 is none */
const limited = (pool: Pool, limit: number): PgClient =>
  limit === 0 ? (pool as PgClient) : (new TimedPool(pool, limit) as PgClient);

/** The little of a pg client and pool that is needed here. */
interface PgClient {
  query(config: { name?: string; text: string; values: readonly unknown[] }): Promise<{ rows: unknown[] }>;
}

/** Sends statements straight to the driver: TypeORM's query runner knows no prepared statements. */
export class StatementRunner {
  private constructor(private readonly client: PgClient) {}

  /** On any connection of the pool, each statement in a transaction of its own. @param limit of each in milliseconds; 0 is none */
  static onPool(dataSource: DataSource, limit = 0): StatementRunner {
    const { master } = dataSource.driver as unknown as { readonly master: Pool };
    return new StatementRunner(limited(master, limit));
  }

  /** On any connection of any replica; what a replica does not know yet, the primary is asked for. Without replicas, on the pool. */
  static onReplicas(dataSource: DataSource, limit = 0): StatementRunner {
    const pools = dataSource.driver as unknown as { readonly master: Pool; readonly slaves: Pool[] };
    const master = limited(pools.master, limit);
    const slaves = pools.slaves.map((pool) => limited(pool, limit));
    let next = 0;
    const query: PgClient['query'] = async (config) => {
      next += 1;
      try {
        return await (slaves[next % slaves.length] ?? master).query(config);
      } catch (error) {
        if (!isStaleDefinition(error)) throw error;
        return master.query(config);
      }
    };
    return slaves.length === 0 ? new StatementRunner(master) : new StatementRunner({ query });
  }

  /** On the connection of a query runner, in its transaction if it has one. */
  static async onConnection(queryRunner: QueryRunner): Promise<StatementRunner> {
    return new StatementRunner((await queryRunner.connect()) as PgClient);
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

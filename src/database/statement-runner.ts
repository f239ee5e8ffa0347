import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isStaleDefinition } from './postgres-error.js';
import { shortHash } from '../definition/identifiers.js';

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

/** The little of a pg client and pool that is needed here. */
interface PgClient {
  query(config: { name?: string; text: string; values: readonly unknown[] }): Promise<{ rows: unknown[] }>;
}

/** A pool of pg's. */
interface PgPool extends PgClient {
  connect(): Promise<PgClient & { release(error?: unknown): void }>;
}

/** Sends what only reads on a connection of the pool, and lets PostgreSQL give it up after so many milliseconds. */
const limited = (pool: PgPool, milliseconds: number): PgClient => ({
  async query(config) {
    const client = await pool.connect();
    const command = (text: string) => client.query({ text, values: [] });
    try {
      await command('BEGIN READ ONLY');
      await command(`SET LOCAL statement_timeout = ${Math.round(milliseconds)}`);
      const result = await client.query(config);
      await command('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // A connection that does not even roll back is of no more use.
      await command('ROLLBACK').then(
        () => client.release(),
        (broken: unknown) => client.release(broken),
      );
      throw error;
    }
  },
});

/** Sends statements straight to the driver: TypeORM's query runner knows no prepared statements. */
export class StatementRunner {
  /** @param pool of `client`, unless that is one connection */
  private constructor(
    private readonly client: PgClient,
    private readonly pool?: (milliseconds: number) => PgClient,
  ) {}

  /** On any connection of the pool, each statement in a transaction of its own. */
  static onPool(dataSource: DataSource): StatementRunner {
    const { master } = dataSource.driver as unknown as { readonly master: PgPool };
    return new StatementRunner(master, (milliseconds) => limited(master, milliseconds));
  }

  /** On any connection of any replica; what a replica does not know yet, the primary is asked for. Without replicas, on the pool. */
  static onReplicas(dataSource: DataSource): StatementRunner {
    const { master, slaves } = dataSource.driver as unknown as {
      readonly master: PgPool;
      readonly slaves: PgPool[];
    };
    if (slaves.length === 0) return StatementRunner.onPool(dataSource);
    let next = 0;
    const spread = (as: (pool: PgPool) => PgClient): PgClient => ({
      query: async (config) => {
        next += 1;
        try {
          return await as(slaves[next % slaves.length] ?? master).query(config);
        } catch (error) {
          if (!isStaleDefinition(error)) throw error;
          return as(master).query(config);
        }
      },
    });
    return new StatementRunner(
      spread((pool) => pool),
      (milliseconds) => spread((pool) => limited(pool, milliseconds)),
    );
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

  /**
   * The same for what only reads, and is given up after so many milliseconds with SQLSTATE 57014. Not in a transaction
   * under way: whoever began that decides how long it may take.
   */
  within(milliseconds: number): StatementRunner {
    return this.pool === undefined ? this : new StatementRunner(this.pool(milliseconds));
  }

  async rows<Row extends object>(query: Statement | string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const isText = typeof query === 'string';
    const { rows } = await this.client.query(
      isText ? { text: query, values } : { name: query.name, text: query.text, values },
    );
    return rows as Row[];
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { isLockFailure } from '../database/postgres-error.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { RowsChangedError, SchemaBusyError } from '../errors/schema-change.error.js';
import { type ChangeContext, OWN_TRANSACTION, setChangeContext } from '../pipeline/change-context.js';
import { MetaSubscriber } from './meta.subscriber.js';

/** Long enough for most statements to finish, short enough that the traffic queueing behind the change does not notice. */
const TABLE_LOCK_TIMEOUT = 150;

/** Rows that come in between are found by the next attempt; what it does not find, none will. */
const MOST_ATTEMPTS = 3;

/** Transactions that change meta rows and that Dynamo itself may repeat. */
@Injectable()
export class ChangeTransaction {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(MetaSubscriber) private readonly subscriber: MetaSubscriber,
  ) {}

  /** One transaction with the schema lock; tried again while traffic holds the tables. @throws SchemaBusyError */
  async run<T>(context: Partial<ChangeContext>, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const deadline = Date.now() + this.options.schemaLockTimeout;
    let attempts = 0;
    for (;;) {
      try {
        return await this.dataSource.transaction(async (manager) => {
          const { queryRunner } = manager;
          if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
          setChangeContext(queryRunner, { ...OWN_TRANSACTION, tableLockTimeout: TABLE_LOCK_TIMEOUT, ...context });
          await this.subscriber.becomeOnlyWriter(queryRunner);
          return work(manager);
        });
      } catch (error) {
        const known = isLockFailure(error) ? new SchemaBusyError({ cause: error }) : error;
        if (!(known instanceof SchemaBusyError || known instanceof RowsChangedError)) throw error;
        if (Date.now() >= deadline || (known instanceof RowsChangedError && (attempts += 1) > MOST_ATTEMPTS))
          throw known;
        // Jitter, so that several waiting changes do not come back at the same moment.
        await delay(100 + Math.random() * 200);
      }
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { isLockFailure } from '../database/postgres-error.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { SchemaBusyError } from '../errors/schema-change.error.js';
import { type ChangeContext, setChangeContext } from '../pipeline/change-context.js';
import { MetaSubscriber } from './meta.subscriber.js';

/** Long enough for most statements to finish, short enough that the traffic queueing behind the change does not notice. */
const TABLE_LOCK_TIMEOUT = 150;

/** Transactions that change meta rows and that Dynamo itself may repeat. */
@Injectable()
export class ChangeTransaction {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(MetaSubscriber) private readonly subscriber: MetaSubscriber,
  ) {}

  /** One transaction with the schema lock; tried again while traffic holds the tables. @throws SchemaBusyError */
  async run(context: Partial<ChangeContext>, work: (manager: EntityManager) => Promise<unknown>): Promise<void> {
    const deadline = Date.now() + this.options.schemaLockTimeout;
    for (;;) {
      try {
        await this.dataSource.transaction(async (manager) => {
          const { queryRunner } = manager;
          if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
          setChangeContext(queryRunner, {
            losesImplicitly: false,
            confirm: undefined,
            paths: new Map(),
            tableLockTimeout: TABLE_LOCK_TIMEOUT,
            ...context,
          });
          await this.subscriber.becomeOnlyWriter(queryRunner);
          await work(manager);
        });
        return;
      } catch (error) {
        const isBusy = error instanceof SchemaBusyError || isLockFailure(error);
        if (!isBusy) throw error;
        if (Date.now() >= deadline)
          throw error instanceof SchemaBusyError ? error : new SchemaBusyError({ cause: error });
        // Jitter, so that several waiting changes do not come back at the same moment.
        await delay(100 + Math.random() * 200);
      }
    }
  }
}

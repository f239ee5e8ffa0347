import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isLockFailure, isUnavailable } from '../database/postgres-error.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { ChangeNotAppliedError } from '../errors/cluster.error.js';
import { RowsChangedError, SchemaBusyError } from '../errors/schema-change.error.js';
import { type ChangeContext, OWN_TRANSACTION, setChangeContext } from '../pipeline/change-context.js';
import { LostCommits } from './lost-commits.service.js';
import { MetaSubscriber } from './meta.subscriber.js';

/** So short that the traffic queueing behind the change does not notice, however often it is tried, in milliseconds. */
const BRIEF_TABLE_LOCK_TIMEOUT = 40;
/** For tables whose statements take longer than that, once the first half of the time is over. */
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
    @Inject(LostCommits) private readonly lostCommits: LostCommits,
  ) {}

  /**
   * One transaction with the schema lock; tried again while traffic holds the tables.
   *
   * @throws SchemaBusyError, and where the connection is lost ChangeNotAppliedError or ChangeOutcomeUnknownError
   */
  async run<T>(context: Partial<ChangeContext>, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const deadline = Date.now() + this.options.schemaLockTimeout;
    const isBrief = () => Date.now() < deadline - this.options.schemaLockTimeout / 2;
    let attempts = 0;
    for (;;) {
      const tableLockTimeout = isBrief() ? BRIEF_TABLE_LOCK_TIMEOUT : TABLE_LOCK_TIMEOUT;
      try {
        return await this.once({ tableLockTimeout, ...context }, work);
      } catch (error) {
        const known = isLockFailure(error) ? new SchemaBusyError({ cause: error }) : error;
        if (!(known instanceof SchemaBusyError || known instanceof RowsChangedError)) throw error;
        if (Date.now() >= deadline || (known instanceof RowsChangedError && (attempts += 1) > MOST_ATTEMPTS))
          throw known;
        // Jitter, so that several waiting changes do not come back at the same moment.
        await delay(tableLockTimeout + Math.random() * 100);
      }
    }
  }

  private async once<T>(context: Partial<ChangeContext>, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const changeId = randomUUID();
    let done: { readonly result: T; readonly queryRunner: QueryRunner } | undefined;
    try {
      return await this.dataSource.transaction(async (manager) => {
        const { queryRunner } = manager;
        if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
        setChangeContext(queryRunner, { ...OWN_TRANSACTION, changeId, ...context });
        await this.subscriber.becomeOnlyWriter(queryRunner);
        done = { result: await work(manager), queryRunner };
        return done.result;
      });
    } catch (error) {
      // Without all of the work done, there was no COMMIT.
      if (done === undefined || !isUnavailable(error)) throw error;
      let isApplied = false;
      try {
        isApplied = await this.lostCommits.wasApplied(changeId, error);
      } finally {
        if (isApplied) this.subscriber.publish(done.queryRunner);
        else this.subscriber.abandon(done.queryRunner);
      }
      if (!isApplied) throw new ChangeNotAppliedError({ cause: error });
      return done.result;
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ChangeJournal } from '../database/change-journal.js';
import { MOMENT, PATIENCE, wasCommitted } from '../database/lost-commit.js';
import { isUnavailable } from '../database/postgres-error.js';
import { acquireSchemaLock } from '../database/schema-lock.js';
import { DYNAMO_DATA_SOURCE } from '../dynamo.constants.js';
import { ChangeOutcomeUnknownError } from '../errors/cluster.error.js';

/** Finds out what became of a COMMIT whose answer was lost with its connection. */
@Injectable()
export class LostCommits {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(ChangeJournal) private readonly journal: ChangeJournal,
  ) {}

  /** Asks on new connections until one knows. @param cause what the lost connection said @throws ChangeOutcomeUnknownError */
  async wasApplied(changeId: string, cause: unknown): Promise<boolean> {
    const outcome = await wasCommitted((patience) => this.look(changeId, patience));
    if (outcome === undefined) throw new ChangeOutcomeUnknownError({ cause });
    return outcome;
  }

  /** A database that goes away between a change and its answer must not make it look undone. @throws ChangeOutcomeUnknownError */
  async readBack<T>(read: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        if (Date.now() + MOMENT > deadline) throw new ChangeOutcomeUnknownError({ cause: error });
        await delay(MOMENT);
      }
    }
  }

  /** The transaction in doubt has the schema lock until it is over, so whoever has it after that sees the truth. */
  private async look(changeId: string, patience: number): Promise<boolean> {
    return this.dataSource.transaction(async ({ queryRunner }) => {
      if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
      await acquireSchemaLock(queryRunner, patience);
      return this.journal.has(queryRunner, changeId);
    });
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ChangeJournal } from '../database/change-journal.js';
import { acquireSchemaLock } from '../database/schema-lock.js';
import { DYNAMO_DATA_SOURCE } from '../dynamo.constants.js';
import { ChangeOutcomeUnknownError } from '../errors/cluster.error.js';

/** How long a client is kept waiting for the truth, in milliseconds: about as long as a database takes to start again. */
const PATIENCE = 10_000;
const MOMENT = 250;

/** Finds out what became of a COMMIT whose answer was lost with its connection. */
@Injectable()
export class LostCommits {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(ChangeJournal) private readonly journal: ChangeJournal,
  ) {}

  /** Asks on new connections until one knows. @param cause what the lost connection said @throws ChangeOutcomeUnknownError */
  async wasApplied(changeId: string, cause: unknown): Promise<boolean> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      try {
        return await this.look(changeId, deadline - Date.now());
      } catch {
        // Why the question failed says nothing about the change; what the change itself failed of is told.
        if (Date.now() + MOMENT > deadline) throw new ChangeOutcomeUnknownError({ cause });
        await delay(MOMENT);
      }
    }
  }

  /** The transaction in doubt has the schema lock until it is over, so whoever has it after that sees the truth. */
  private async look(changeId: string, patience: number): Promise<boolean> {
    return this.dataSource.transaction(async ({ queryRunner }) => {
      if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
      await acquireSchemaLock(queryRunner, Math.max(1, patience));
      return this.journal.has(queryRunner, changeId);
    });
  }
}

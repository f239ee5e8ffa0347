import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../database/statement-runner.js';
import { DYNAMO_DATA_SOURCE } from '../dynamo.constants.js';
import type { Author } from '../access/author.js';
import { type AuditEntry, AuditLog } from './audit/audit-log.js';
import { AccountsNews } from './accounts-news.js';

/** What a change of accounts works with: statements, and the audit of what they do. */
export interface AccountsChange {
  readonly runner: StatementRunner;
  audit(entry: AuditEntry): Promise<void>;
}

/** Changes accounts: all of a change with its audit, or nothing; once it is committed, everybody's rights are read anew. */
@Injectable()
export class AccountsTransaction {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(AuditLog) private readonly log: AuditLog,
    @Inject(AccountsNews) private readonly news: AccountsNews,
  ) {}

  async run<T>(author: Author, work: (change: AccountsChange) => Promise<T>): Promise<T> {
    const result = await StatementRunner.inTransaction(this.dataSource, (runner) =>
      work({ runner, audit: (entry) => this.log.write(runner, author, entry) }),
    );
    this.news.tell();
    return result;
  }
}

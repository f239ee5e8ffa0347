import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { AccountNameTakenError, AlreadySetUpError, InvalidTokenError } from '../../errors/account.error.js';
import { type AccountsChange, AccountsTransaction } from '../accounts-transaction.js';
import type { FirstSuperuser } from '../accounts.options.js';
import { type Author, PROGRAM } from '../../access/author.js';
import { PasswordHasher } from '../credentials/password-hasher.js';
import { requireGoodPassword } from '../credentials/password-rules.js';
import { hashOfSecret, newSecret } from '../credentials/secret.js';
import type { SessionOrigin } from '../sessions/session.store.js';
import { onUniqueViolation } from '../on-unique-violation.js';
import { UserStore } from '../users/user.store.js';
import { Authentication, type NewSession } from './authentication.service.js';

const TOKEN_MINUTES = 30;

/** Two integers that no other software is likely to use: "DYNA", "FS". */
const FIRST_START_LOCK = '1146703425, 17999';

/** Who is to be the first superuser. */
export interface SetupValues extends FirstSuperuser {
  readonly token: string;
  readonly name?: string;
}

/** Makes the first superuser: there is no account, and no password, before somebody chooses one. */
@Injectable()
export class FirstStart {
  private readonly pool: StatementRunner;
  private readonly schema: string;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions,
    @Inject(AccountsTransaction) private readonly transaction: AccountsTransaction,
    @Inject(UserStore) private readonly users: UserStore,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
    @Inject(Authentication) private readonly authentication: Authentication,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
    this.schema = quote(schema);
  }

  /** Whether somebody can manage accounts. */
  async hasSuperuser(): Promise<boolean> {
    const [row] = await this.pool.rows<{ found: boolean }>(
      `SELECT EXISTS (SELECT FROM ${this.schema}."user" WHERE is_superuser AND is_active) AS found`,
    );
    return row?.found === true;
  }

  /** Makes the superuser that the server was started with, unless there is one. @throws WeakPasswordError, AccountNameTakenError */
  async ensureSuperuser({ email, password }: FirstSuperuser): Promise<void> {
    if (await this.hasSuperuser()) return;
    requireGoodPassword(password, email, 'password');
    const passwordHash = await this.hasher.hash(password);
    await this.transaction.run(PROGRAM, async (change) => {
      if (await this.isFirst(change)) await this.makeSuperuser(change, { email, passwordHash });
    });
  }

  /** @returns the secret with which somebody may become the first superuser within half an hour; only its hash is stored */
  async offer(): Promise<string> {
    const token = newSecret();
    await this.pool.rows(
      `WITH old AS (DELETE FROM ${this.schema}.setup_token WHERE expires_at < now())
        INSERT INTO ${this.schema}.setup_token (token_hash, expires_at) VALUES ($1, now() + interval '${TOKEN_MINUTES} minutes')`,
      [hashOfSecret(token)],
    );
    return token;
  }

  /** @throws InvalidTokenError, AlreadySetUpError, WeakPasswordError, AccountNameTakenError */
  async accept(
    { token, email, password, name }: SetupValues,
    author: Author,
    origin: SessionOrigin,
  ): Promise<NewSession> {
    await this.requireOffer(token);
    requireGoodPassword(password, email, 'password');
    const passwordHash = await this.hasher.hash(password);
    const user = await this.transaction.run(author, async (change) => {
      if (!(await this.isFirst(change))) throw new AlreadySetUpError();
      await this.requireOffer(token, change.runner);
      await change.runner.rows(`DELETE FROM ${this.schema}.setup_token`);
      return this.makeSuperuser(change, { email, name, passwordHash });
    });
    return this.authentication.open({ id: user }, author, origin, ({ audit }) =>
      audit({ action: 'login', user: { id: user, email } }),
    );
  }

  /** One after the other, whichever node they came to. */
  private async isFirst({ runner }: AccountsChange): Promise<boolean> {
    await runner.rows(`SELECT pg_advisory_xact_lock(${FIRST_START_LOCK})`);
    return (await this.users.lockSuperusers(runner)).length === 0;
  }

  /** @throws AlreadySetUpError, InvalidTokenError */
  async requireOffer(token: string, runner: StatementRunner = this.pool): Promise<void> {
    if (await this.hasSuperuser()) throw new AlreadySetUpError();
    const found = await runner.rows(
      `SELECT FROM ${this.schema}.setup_token WHERE token_hash = $1 AND expires_at > now()`,
      [hashOfSecret(token)],
    );
    if (found.length === 0) throw new InvalidTokenError('The set-up link');
  }

  /** Nobody who has an account is made one: whoever knows its password would be one, too. @throws AccountNameTakenError */
  private async makeSuperuser(
    { runner, audit }: AccountsChange,
    values: { readonly email: string; readonly name?: string | undefined; readonly passwordHash: string },
  ): Promise<string> {
    const id = await onUniqueViolation(
      () => this.users.insert(runner, { ...values, isSuperuser: true }),
      () => new AccountNameTakenError('email', values.email),
    );
    await audit({ action: 'set_up', details: { user: id } });
    return id;
  }
}

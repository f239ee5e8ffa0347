import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StatementRunner } from '../../database/statement-runner.js';
import { DYNAMO_DATA_SOURCE } from '../../dynamo.constants.js';
import { KeyNotFoundError } from '../../errors/account.error.js';
import { InvalidDefinitionError } from '../../errors/definition.error.js';
import { AccountsTransaction } from '../accounts-transaction.js';
import { type Author, PROGRAM } from '../../access/author.js';
import { newApiKey } from '../credentials/api-key.js';
import { hashOfSecret } from '../credentials/secret.js';
import type { CreateApiKeyDto } from '../dto/api-key.dto.js';
import { KEY_GRANTS } from '../grants/grant-limits.js';
import { GrantParser } from '../grants/grant.parser.js';
import { GrantStore, type ShownGrant } from '../grants/grant.store.js';
import { Users } from '../users/users.service.js';
import { type ApiKeyRow, ApiKeyStore } from './api-key.store.js';

const DEFAULT_LIFETIME_DAYS = 365;
const MILLISECONDS_PER_DAY = 86_400_000;

/** An API key as answers show it. */
export interface ApiKey extends Omit<ApiKeyRow, 'grants'> {
  /** All that may be done with it; null: whatever its user may. */
  readonly permissions: readonly ShownGrant[] | null;
}

/** An API key on the only occasion on which it is shown itself. */
export interface NewlyMadeApiKey extends ApiKey {
  readonly key: string;
}

/**
 * The API keys. Whoever has one may do what its user may, as far as the key is not limited itself.
 *
 * @example const { key } = await accounts.keys.create('ada@example.com', { name: 'Nightly import' });
 */
@Injectable()
export class ApiKeys {
  private readonly pool: StatementRunner;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(AccountsTransaction) private readonly transaction: AccountsTransaction,
    @Inject(ApiKeyStore) private readonly store: ApiKeyStore,
    @Inject(Users) private readonly users: Users,
    @Inject(GrantParser) private readonly parser: GrantParser,
    @Inject(GrantStore) private readonly grants: GrantStore,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
  }

  /** Newest first. @param user id or email; left out: everybody's @throws UserNotFoundError */
  async list(user?: string): Promise<readonly ApiKey[]> {
    const id = user === undefined ? undefined : (await this.users.get(user)).id;
    return (await this.store.list(this.pool, id)).map((row) => this.show(row));
  }

  /** @param user id or email @throws UserNotFoundError, InvalidDefinitionError */
  async create(user: string, values: CreateApiKeyDto, author: Author = PROGRAM): Promise<NewlyMadeApiKey> {
    const { id: owner } = await this.users.get(user);
    const { name, permissions = null } = values;
    const grants = permissions === null ? null : await this.parser.parse(permissions, KEY_GRANTS);
    const expiresAt = expiryOf(values);
    const { key, prefix } = newApiKey();
    return this.transaction.run(author, async ({ runner, audit }) => {
      const tokenHash = hashOfSecret(key);
      const isLimited = grants !== null;
      const id = await this.store.insert(runner, { user: owner, name, prefix, tokenHash, isLimited, expiresAt });
      if (grants !== null) await this.grants.replace(runner, 'api_key', id, grants);
      const shown = await this.find(runner, id);
      await audit({ action: 'key_create', details: { key: id, after: shown } });
      return { ...shown, key };
    });
  }

  /** From now on nobody can use the key. @param owner id of the only user whose keys count @throws KeyNotFoundError */
  async delete(key: string, author: Author = PROGRAM, owner?: string): Promise<void> {
    await this.transaction.run(author, async ({ runner, audit }) => {
      const before = await this.find(runner, key);
      if (owner !== undefined && before.user.id !== owner) throw new KeyNotFoundError(key);
      await this.store.delete(runner, before.id);
      await audit({ action: 'key_delete', details: { key: before.id, before } });
    });
  }

  private async find(runner: StatementRunner, id: string): Promise<ApiKey> {
    const row = await this.store.find(runner, id);
    if (row === undefined) throw new KeyNotFoundError(id);
    return this.show(row);
  }

  private show({ grants, ...row }: ApiKeyRow): ApiKey {
    return { ...row, permissions: grants?.map((grant) => this.grants.show(grant)) ?? null };
  }
}

/** @throws InvalidDefinitionError */
const expiryOf = ({ expiresAt }: CreateApiKeyDto): string | null => {
  if (expiresAt === null) return null;
  const time =
    expiresAt === undefined ? Date.now() + DEFAULT_LIFETIME_DAYS * MILLISECONDS_PER_DAY : Date.parse(expiresAt);
  if (time > Date.now()) return new Date(time).toISOString();
  const message = 'expiresAt must be a time to come.';
  throw new InvalidDefinitionError([{ path: 'expiresAt', code: 'invalid_value', message }]);
};

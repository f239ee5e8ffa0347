import { type DynamicModule, type FactoryProvider, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, RouterModule } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { ModelsDatabase } from '../database/models-database.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { AccountGuard } from './account.guard.js';
import { upgradeAccountsTables } from './accounts-tables.js';
import { AccountsTransaction } from './accounts-transaction.js';
import { ACCOUNT_CONTROLLERS } from './accounts.controllers.js';
import { ACCOUNTS_OPTIONS, type DynamoAccountsOptions } from './accounts.options.js';
import { AccountsNews } from './accounts-news.js';
import { AuditLog } from './audit/audit-log.js';
import { AuditReader } from './audit/audit.reader.js';
import { AuditedModels } from './audit/audited-models.js';
import { RecordAudit } from './audit/record-audit.js';
import { Authentication } from './auth/authentication.service.js';
import { CallerAnswers } from './auth/caller-answers.js';
import { FirstStart } from './auth/first-start.service.js';
import { PasswordHasher } from './credentials/password-hasher.js';
import { DynamoAccounts } from './dynamo-accounts.service.js';
import { GrantNames } from './grants/grant-names.js';
import { GrantParser } from './grants/grant.parser.js';
import { GrantStore } from './grants/grant.store.js';
import { GroupStore } from './groups/group.store.js';
import { Groups } from './groups/groups.service.js';
import { Callers } from './identity/callers.js';
import { Identities } from './identity/identities.js';
import { IdentityStore } from './identity/identity.store.js';
import { ApiKeyStore } from './keys/api-key.store.js';
import { ApiKeys } from './keys/api-keys.service.js';
import { SessionStore } from './sessions/session.store.js';
import { LoginLimits } from './throttling/login-limits.js';
import { PostgresThrottlerStorage } from './throttling/postgres-throttler.storage.js';
import { RateLimitGuard } from './throttling/rate-limit.guard.js';
import { CALLER_KEY, type CallerKey, DEFAULT_RATE_LIMITS, RATE_LIMITS } from './throttling/rate-limits.js';
import { UserStore } from './users/user.store.js';
import { Users } from './users/users.service.js';

/** Resolves when the tables of accounts are there. */
const ACCOUNTS_TABLES = Symbol('DYNAMO_ACCOUNTS_TABLES');

const TABLES: FactoryProvider = {
  provide: ACCOUNTS_TABLES,
  inject: [ModelsDatabase, DYNAMO_OPTIONS],
  // Permissions refer to models, so Dynamo's own tables come first: with ModelsDatabase they are there.
  useFactory: ({ dataSource }: { readonly dataSource: DataSource }, options: ResolvedDynamoOptions) =>
    upgradeAccountsTables(dataSource, options.schema, options.schemaLockTimeout),
};

const CALLERS: FactoryProvider<CallerKey> = {
  provide: CALLER_KEY,
  inject: [Callers],
  useFactory: (callers: Callers) => async (request) => (await callers.identify(request)).callerKey,
};

/**
 * Users, groups, permissions, sessions and API keys, kept in the database: what the standalone server has. An
 * application imports it before `DynamoModule`, and gives it to that too.
 *
 * @example
 * const accounts = DynamoAccountsModule.forRoot({ firstSuperuser: { email, password } });
 * @Module({
 *   imports: [
 *     TypeOrmModule.forRoot({ type: 'postgres', url, autoLoadEntities: true }),
 *     accounts,
 *     DynamoModule.forRoot({ access: AccountsAccess, imports: [accounts] }),
 *   ],
 * })
 * class AppModule {}
 */
@Module({})
export class DynamoAccountsModule implements OnModuleInit {
  constructor(
    @Inject(ACCOUNTS_OPTIONS) private readonly options: DynamoAccountsOptions,
    @Inject(FirstStart) private readonly firstStart: FirstStart,
  ) {}

  static forRoot(options: DynamoAccountsOptions = {}): DynamicModule {
    return {
      module: DynamoAccountsModule,
      imports: [RouterModule.register([{ path: options.routePrefix ?? 'api', module: DynamoAccountsModule }])],
      controllers: [...ACCOUNT_CONTROLLERS],
      providers: [
        { provide: ACCOUNTS_OPTIONS, useValue: options },
        TABLES,
        CALLERS,
        { provide: RATE_LIMITS, useValue: { ...DEFAULT_RATE_LIMITS, ...options.rateLimits } },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        LoginLimits,
        PostgresThrottlerStorage,
        AccountGuard,
        AccountsTransaction,
        AccountsNews,
        AuditLog,
        AuditReader,
        AuditedModels,
        RecordAudit,
        Authentication,
        CallerAnswers,
        FirstStart,
        PasswordHasher,
        GrantNames,
        GrantParser,
        GrantStore,
        GroupStore,
        Groups,
        Callers,
        Identities,
        IdentityStore,
        ApiKeyStore,
        ApiKeys,
        SessionStore,
        UserStore,
        Users,
        DynamoAccounts,
      ],
      exports: [DynamoAccounts, Callers, GrantNames, FirstStart],
    };
  }

  /** @throws WeakPasswordError */
  async onModuleInit(): Promise<void> {
    const { firstSuperuser } = this.options;
    if (firstSuperuser !== undefined) await this.firstStart.ensureSuperuser(firstSuperuser);
  }
}

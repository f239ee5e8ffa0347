// The public API of accounts: `import … from '@dynamo/nest/accounts'`.
export { AccountsAccess } from './accounts.access.js';
export { DynamoAccountsModule } from './accounts.module.js';
export type { DynamoAccountsOptions, FirstSuperuser } from './accounts.options.js';
export { DynamoAccounts } from './dynamo-accounts.service.js';
export { CreateApiKeyDto } from './dto/api-key.dto.js';
export { CreateGroupDto, UpdateGroupDto } from './dto/group.dto.js';
export { PermissionDto } from './dto/permission.dto.js';
export { CreateUserDto, UpdateUserDto } from './dto/user.dto.js';
export type { FilterTreeJson, NamedGrant } from './grants/grant.js';
export type { ShownGrant } from './grants/grant.store.js';
export { Groups, type Group } from './groups/groups.service.js';
export { Identity, type IdentityKey, type IdentityUser } from './identity/identity.js';
export { ApiKeys, type ApiKey, type NewlyMadeApiKey } from './keys/api-keys.service.js';
export type { RateLimit, RateLimits } from './throttling/rate-limits.js';
export { Users, type User, type UserFilter } from './users/users.service.js';
export {
  AccountNameTakenError,
  AlreadySetUpError,
  BuiltInGroupError,
  CrossSiteRequestError,
  GroupNotFoundError,
  InvalidCredentialsError,
  InvalidTokenError,
  KeyNotFoundError,
  LastSuperuserError,
  NoUserError,
  TooManyLoginsError,
  UserNotFoundError,
  WeakPasswordError,
} from '../errors/account.error.js';

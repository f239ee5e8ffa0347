import { Inject, Injectable } from '@nestjs/common';
import { AuditedModels } from './audit/audited-models.js';
import { Groups } from './groups/groups.service.js';
import { ApiKeys } from './keys/api-keys.service.js';
import { Users } from './users/users.service.js';

/**
 * Users, groups and API keys from code, without HTTP.
 *
 * @example
 * await accounts.groups.create({ name: 'editors', permissions: [{ model: 'cms.Article', action: 'change' }] });
 * await accounts.users.create({ email: 'ada@example.com', password, groups: ['editors'] });
 */
@Injectable()
export class DynamoAccounts {
  constructor(
    @Inject(Users) readonly users: Users,
    @Inject(Groups) readonly groups: Groups,
    @Inject(ApiKeys) readonly keys: ApiKeys,
    @Inject(AuditedModels) readonly auditedModels: AuditedModels,
  ) {}
}

import { type Type, UseFilters, UseGuards } from '@nestjs/common';
import { DynamoFilter } from '../http/dynamo.filter.js';
import { IdempotencyKeyGuard } from '../http/idempotency-key.guard.js';
import { JsonBodyGuard } from '../http/json-body.guard.js';
import { AccountGuard } from './account.guard.js';
import { AuditController } from './audit/audit.controller.js';
import { AuthController } from './auth/auth.controller.js';
import { PermissionsController } from './grants/permissions.controller.js';
import { GroupsController } from './groups/groups.controller.js';
import { KeysController } from './keys/keys.controller.js';
import { OwnKeysController } from './keys/own-keys.controller.js';
import { UsersController } from './users/users.controller.js';

/** Every controller of accounts; the same stands before each of them. */
export const ACCOUNT_CONTROLLERS: readonly Type[] = [
  OwnKeysController,
  AuthController,
  UsersController,
  GroupsController,
  KeysController,
  PermissionsController,
  AuditController,
];

for (const controller of ACCOUNT_CONTROLLERS) {
  UseFilters(DynamoFilter)(controller);
  UseGuards(JsonBodyGuard, AccountGuard, IdempotencyKeyGuard)(controller);
}

import { type CanActivate, type Type, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { AccessGuard, DecidedBy } from './http/access.guard.js';
import { IdempotencyKeyGuard } from './http/idempotency-key.guard.js';
import { ImportBodyGuard } from './http/import-body.guard.js';
import { JsonBodyGuard } from './http/json-body.guard.js';
import { DynamoFilter } from './http/dynamo.filter.js';
import { AdminDescriptorsController } from './http/admin/admin-descriptors.controller.js';
import { EventsController } from './http/events/events.controller.js';
import { RecordExchangeController } from './http/record-exchange.controller.js';
import { RecordsController } from './http/records.controller.js';
import { SchemaVersionInterceptor } from './http/schema-version.interceptor.js';
import { BackgroundChangesController } from './meta/background-changes.controller.js';
import { WritePositionInterceptor } from './http/write-position.interceptor.js';
import { MetaController } from './meta/meta.controller.js';
import { PlanController } from './meta/plan.controller.js';
import { TypesController } from './meta/types.controller.js';

interface Gate {
  /** What decides who gets in. */
  readonly rights: 'schema' | 'records';
  /** What bodies are taken. */
  readonly bodies: Type<CanActivate>;
  /** Whether its writes look at the idempotency keys that they come with. */
  readonly hasKeys?: boolean;
}

/**
 * Every controller, and what stands before it. The words of the exchange stand where the records have their ids, and
 * those of the admin where they have their models.
 */
export const CONTROLLERS = new Map<Type, Gate>([
  [MetaController, { rights: 'schema', bodies: JsonBodyGuard }],
  [PlanController, { rights: 'schema', bodies: JsonBodyGuard }],
  [BackgroundChangesController, { rights: 'schema', bodies: JsonBodyGuard }],
  [TypesController, { rights: 'schema', bodies: JsonBodyGuard }],
  [EventsController, { rights: 'records', bodies: JsonBodyGuard }],
  [AdminDescriptorsController, { rights: 'records', bodies: JsonBodyGuard }],
  [RecordExchangeController, { rights: 'records', bodies: ImportBodyGuard }],
  [RecordsController, { rights: 'records', bodies: JsonBodyGuard, hasKeys: true }],
]);

// Here and not on the classes: the folders of the controllers do not know each other.
for (const [controller, { rights, bodies, hasKeys }] of CONTROLLERS) {
  UseFilters(DynamoFilter)(controller);
  UseGuards(bodies, AccessGuard, ...(hasKeys ? [] : [IdempotencyKeyGuard]))(controller);
  UseInterceptors(SchemaVersionInterceptor, WritePositionInterceptor)(controller);
  DecidedBy(rights)(controller);
}

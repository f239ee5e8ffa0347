import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { EntitySubscriberInterface, UpdateEvent, ValueTransformer } from 'typeorm';
import type { Json } from '../definition/field-definition.js';
import { ModelsDatabase } from '../database/models-database.js';

/** Marks a column of a model whose value is computed anew at every save; changes no value on its way. */
export class AutomaticValue implements ValueTransformer {
  constructor(readonly compute: () => Json) {}

  to(value: unknown): unknown {
    return value;
  }

  from(value: unknown): unknown {
    return value;
  }
}

/**
 * Fills in what changes with every save when a repository saves. TypeORM's own update dates are one per entity and in
 * the time zone of the session. New records get the column's default.
 */
@Injectable()
export class AutomaticValuesSubscriber implements EntitySubscriberInterface, OnApplicationShutdown {
  constructor(@Inject(ModelsDatabase) private readonly database: ModelsDatabase) {
    database.dataSource.subscribers.push(this);
  }

  /** Not before: requests that are under way still save, and are answered, after `onModuleDestroy`. */
  onApplicationShutdown(): void {
    const { subscribers } = this.database.dataSource;
    const position = subscribers.indexOf(this);
    if (position >= 0) subscribers.splice(position, 1);
  }

  beforeUpdate({ entity, metadata }: UpdateEvent<object>): void {
    if (entity === undefined) return;
    for (const { transformer, propertyName } of metadata.columns) {
      if (transformer instanceof AutomaticValue) entity[propertyName] = transformer.compute();
    }
  }
}

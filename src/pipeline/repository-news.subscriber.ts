import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type {
  EntityMetadata,
  EntitySubscriberInterface,
  InsertEvent,
  QueryRunner,
  RemoveEvent,
  UpdateEvent,
} from 'typeorm';
import { ModelsDatabase } from '../database/models-database.js';
import { StatementRunner } from '../database/statement-runner.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordId } from '../field-types/record-key.js';
import type { RecordChange, RecordNews } from '../records/record-news.js';
import { ModelRegistry } from './model.registry.js';
import { RecordWatch } from './record-watch.service.js';

/** What events of TypeORM have in common here. */
interface RepositoryEvent {
  readonly metadata: EntityMetadata;
  readonly queryRunner: QueryRunner;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Of the record that an event is about; undefined where it does not say, as that of `repository.update()`. */
const idIn = (...places: readonly unknown[]): string | undefined => {
  const ids = places.map((place) => (isObject(place) && 'id' in place ? place.id : place));
  const id = ids.find((value) => typeof value === 'string' || typeof value === 'number');
  return id === undefined ? undefined : String(id);
};

/** Tells what repositories of models write, in their transaction, as the API tells what it writes. */
@Injectable()
export class RepositoryNews implements EntitySubscriberInterface, OnApplicationShutdown {
  constructor(
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(RecordWatch) private readonly watch: RecordWatch,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
  ) {
    database.dataSource.subscribers.push(this);
  }

  /** Not before: requests that are under way still save, and are answered, after `onModuleDestroy`. */
  onApplicationShutdown(): void {
    const { subscribers } = this.database.dataSource;
    const position = subscribers.indexOf(this);
    if (position >= 0) subscribers.splice(position, 1);
  }

  afterInsert(event: InsertEvent<unknown>): Promise<void> | undefined {
    return this.tell(event, 'created', () => idIn(event.entityId, event.entity));
  }

  afterUpdate(event: UpdateEvent<unknown>): Promise<void> | undefined {
    return this.tell(event, 'updated', () => idIn(event.databaseEntity, event.entity));
  }

  afterRemove(event: RemoveEvent<unknown>): Promise<void> | undefined {
    return this.tell(event, 'deleted', () => idIn(event.entityId, event.databaseEntity));
  }

  private tell(
    { metadata, queryRunner }: RepositoryEvent,
    change: RecordChange,
    id: () => string | undefined,
  ): Promise<void> | undefined {
    // Entities of models have their names for targets, those of the application have classes.
    const { target } = metadata;
    if (typeof target !== 'string' || !this.watch.isAwaited(target, change)) return undefined;
    return this.send(queryRunner, { model: target, change, ids: this.ids(target, id()) });
  }

  /** As the API has them: repositories have texts for numbers. */
  private ids(model: string, id: string | undefined): readonly RecordId[] | null {
    const definition = this.registry.find(model)?.definition;
    if (id === undefined || definition === undefined) return null;
    const known = primaryKeyOf(definition.primaryKey).key.fromText(id);
    return known === undefined ? null : [known];
  }

  private async send(queryRunner: QueryRunner, news: RecordNews): Promise<void> {
    await this.watch.tell(await StatementRunner.onConnection(queryRunner), [news]);
  }
}

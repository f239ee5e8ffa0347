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
import type { RecordId } from '../field-types/record-key.js';
import type { RecordChange, RecordNews } from '../records/record-news.js';
import { RecordWatch } from './record-watch.service.js';

/** What events of TypeORM have in common here. */
interface RepositoryEvent {
  readonly metadata: EntityMetadata;
  readonly queryRunner: QueryRunner;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Null where the event does not say which record it is about, as that of `repository.update()`. */
const idsOf = (...places: readonly unknown[]): readonly RecordId[] | null => {
  const ids = places.map((place) => (isObject(place) && 'id' in place ? place.id : place));
  const id = ids.find((value) => typeof value === 'string' || typeof value === 'number');
  return id === undefined ? null : [id as RecordId];
};

/** Tells what repositories of models write, in their transaction, as the API tells what it writes. */
@Injectable()
export class RepositoryNews implements EntitySubscriberInterface, OnApplicationShutdown {
  constructor(
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(RecordWatch) private readonly watch: RecordWatch,
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
    return this.tell(event, 'created', () => idsOf(event.entityId, event.entity));
  }

  afterUpdate(event: UpdateEvent<unknown>): Promise<void> | undefined {
    return this.tell(event, 'updated', () => idsOf(event.databaseEntity, event.entity));
  }

  afterRemove(event: RemoveEvent<unknown>): Promise<void> | undefined {
    return this.tell(event, 'deleted', () => idsOf(event.entityId, event.databaseEntity));
  }

  private tell(
    { metadata, queryRunner }: RepositoryEvent,
    change: RecordChange,
    ids: () => readonly RecordId[] | null,
  ): Promise<void> | undefined {
    // Entities of models have their names for targets, those of the application have classes.
    const { target } = metadata;
    if (typeof target !== 'string' || !this.watch.isAwaited(target, change)) return undefined;
    return this.send(queryRunner, { model: target, change, ids: ids() });
  }

  private async send(queryRunner: QueryRunner, news: RecordNews): Promise<void> {
    await this.watch.tell(await StatementRunner.onConnection(queryRunner), [news]);
  }
}

import type { EntityManager, ObjectLiteral, Repository } from 'typeorm';
import type { DynamoModelTypes } from '../declarations/dynamo-model-types.js';
import type { Records } from '../records/records.js';

/**
 * What one transaction has of {@link DynamoModels}.
 *
 * @example
 * const sell = async ({ records }: ModelsTransaction) => records('shop.Product').update(7, { stock: 0 });
 * await models.transaction(sell);
 */
export interface ModelsTransaction {
  /** TypeORM's, for the application's own entities, and for `MetaModel` and `MetaField`. */
  readonly manager: EntityManager;
  /** The record API of a model in this transaction; its `post_…` signals go out after the COMMIT. */
  records(name: string): Records;
  repository<Name extends keyof DynamoModelTypes>(name: Name): Repository<DynamoModelTypes[Name]>;
  repository<Entity extends ObjectLiteral = ObjectLiteral>(name: string): Repository<Entity>;
}

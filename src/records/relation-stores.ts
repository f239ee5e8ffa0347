import type { InverseRelation } from '../definition/inverse-relation.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { quoteTable } from '../definition/sql.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { keyOf } from '../field-types/record-key.js';
import { JoinRelationStore } from './join-relation.store.js';
import { PointingRelationStore } from './pointing-relation.store.js';
import type { RelatedModel, RelationStore } from './relation-store.js';
import type { VersionGuard } from './version-guard.js';

/** The relations of a model that have no column in its table, by the name under which records show them. */
export type RelationStores = ReadonlyMap<string, RelationStore>;

/** A relation of another model, the version of that model that it is of, and the rows of it. */
export interface GuardedInverse extends InverseRelation {
  readonly guard: VersionGuard;
  readonly related: RelatedModel;
}

/** One store for each many_to_many of a model and for each relation that points to it. */
export const relationStores = (
  definition: ModelDefinition,
  schema: string,
  types: FieldTypeRegistry,
  inverses: readonly GuardedInverse[] = [],
): RelationStores => {
  const { key } = primaryKeyOf(definition.primaryKey);
  const own = definition.fields
    .filter((field) => types.get(field.type).relation?.(field).kind === 'to_many')
    .map((field) => {
      const table = quoteTable({ schema, name: field.physicalName });
      const [source, target] = [
        { column: 'source_id', key },
        { column: 'target_id', key: keyOf(field.relatedKey) },
      ] as const;
      return new JoinRelationStore(field.name, table, source, target, field.required, undefined);
    });
  const pointing = inverses.map((inverse): RelationStore => {
    const { name, model, field, related } = inverse;
    if (types.get(field.type).relation?.(field).kind !== 'to_many') {
      return new PointingRelationStore(inverse, schema, types);
    }
    const table = quoteTable({ schema, name: field.physicalName });
    const source = { column: 'source_id', key: primaryKeyOf(model.primaryKey).key } as const;
    return new JoinRelationStore(name, table, { column: 'target_id', key }, source, false, related);
  });
  return new Map([...own, ...pointing].map((store) => [store.name, store]));
};

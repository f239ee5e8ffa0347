import { Inject, Injectable } from '@nestjs/common';
import { EntitySchema, type EntitySchemaColumnOptions, type EntitySchemaRelationOptions } from 'typeorm';
import { findHostEntity } from '../database/host-entities.js';
import type { FieldDefinition } from '../definition/field-definition.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { ModelsDatabase } from '../database/models-database.js';
import { defaultFunction } from '../field-types/default-function.js';
import { AutomaticValue } from './automatic-values.subscriber.js';
import type { FieldType } from '../field-types/field-type.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { type InverseRelation, relatedNameOf } from '../definition/inverse-relation.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { ModelRegistry } from './model.registry.js';
import { columnDefault } from './desired-state.js';

/** A record as a repository gives it. */
export type Row = Record<string, unknown>;

/** TypeORM's words for a relation, seen from the model that it points to. */
const inverseTypeOf = (type: FieldType, field: FieldDefinition): EntitySchemaRelationOptions['type'] => {
  if (type.relation?.(field).kind === 'to_many') return 'many-to-many';
  return type.alwaysUnique === true ? 'one-to-one' : 'one-to-many';
};

/** Step 2. Definition → TypeORM EntitySchema. */
@Injectable()
export class EntitySchemaGenerator {
  constructor(
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
  ) {}

  generate(definition: ModelDefinition): EntitySchema<Row> {
    const { schema } = this.database;
    const columns: Record<string, EntitySchemaColumnOptions> = { id: primaryKeyOf(definition.primaryKey).entityColumn };
    const relations: Record<string, EntitySchemaRelationOptions> = {};
    for (const field of definition.fields) {
      const relation = this.relation(field, schema);
      if (relation === undefined) columns[field.name] = this.column(field);
      else relations[field.name] = relation;
    }
    return new EntitySchema<Row>({
      name: qualifiedName(definition),
      tableName: definition.tableName,
      schema,
      columns,
      relations,
    });
  }

  private column(field: FieldDefinition): EntitySchemaColumnOptions {
    const type = this.types.get(field.type);
    const expression = columnDefault(type, field);
    const saved = type.automatic?.(field) === 'save' ? defaultFunction(type, field) : undefined;
    return {
      // TypeORM never creates this column; all it needs is the type without length or precision.
      type: String(type.sqlType(field)).replace(/\(.*?\)/, '') as 'text',
      name: field.physicalName,
      nullable: !(field.required || type.identity),
      ...(expression === null ? {} : { default: () => expression }),
      ...(type.identity ? { generated: 'increment' } : {}),
      ...(saved === undefined ? {} : { transformer: new AutomaticValue(() => saved.value()) }),
    };
  }

  /** The same with the relations of other models to this one that have a name here, as they are at this moment. */
  withInverseRelations(schema: EntitySchema<Row>, id: string): EntitySchema<Row> {
    const inverses = this.registry
      .inverseRelations(id)
      .map((inverse) => [inverse.name, this.inverse(inverse)] as const);
    if (inverses.length === 0) return schema;
    const { options } = schema;
    return new EntitySchema<Row>({ ...options, relations: { ...options.relations, ...Object.fromEntries(inverses) } });
  }

  private inverse({ model, field }: InverseRelation): EntitySchemaRelationOptions {
    return {
      type: inverseTypeOf(this.types.get(field.type), field),
      target: qualifiedName(model),
      inverseSide: field.name,
    };
  }

  private relation(field: FieldDefinition, schema: string): EntitySchemaRelationOptions | undefined {
    const type = this.types.get(field.type);
    const relation = type.relation?.(field);
    if (relation === undefined) return undefined;
    const inverseSide = relatedNameOf(field);
    const ends = { target: () => this.target(field), ...(inverseSide === undefined ? {} : { inverseSide }) };
    if (relation.kind === 'to_many') {
      const [joinColumn, inverseJoinColumn] = [{ name: 'source_id' }, { name: 'target_id' }];
      const joinTable = { name: field.physicalName, schema, joinColumn, inverseJoinColumn };
      return { type: 'many-to-many', ...ends, joinTable };
    }
    return {
      type: type.alwaysUnique === true ? 'one-to-one' : 'many-to-one',
      ...ends,
      joinColumn: { name: field.physicalName },
      nullable: !field.required,
    };
  }

  /** Looked up when it is used, so that a rename of the related model needs no new EntitySchema here. */
  private target({ relatedEntity, relatedModelId }: FieldDefinition) {
    if (relatedEntity === null) return this.registry.nameOf(String(relatedModelId));
    return findHostEntity(this.database, relatedEntity).entity?.target ?? relatedEntity;
  }
}

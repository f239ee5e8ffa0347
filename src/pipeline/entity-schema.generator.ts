import { Inject, Injectable } from '@nestjs/common';
import { EntitySchema, type EntitySchemaColumnOptions, type EntitySchemaRelationOptions } from 'typeorm';
import type { FieldDefinition } from '../definition/field-definition.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { ModelsDatabase } from '../database/models-database.js';
import { defaultFunction } from '../field-types/default-function.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { AutomaticValue } from './automatic-values.subscriber.js';
import { ModelRegistry } from './model.registry.js';
import { columnDefault } from './desired-state.js';

/** A record as a repository gives it. */
export type Row = Record<string, unknown>;

/**
 * Ids are bigint in PostgreSQL and numbers here; they stay far below 2^53. Were the type 'bigint', TypeORM would compare
 * related ids as texts and take every one for new.
 */
const id: EntitySchemaColumnOptions = { type: Number, primary: true, generated: 'increment' };

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
    const columns: Record<string, EntitySchemaColumnOptions> = { id };
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

  private relation(field: FieldDefinition, schema: string): EntitySchemaRelationOptions | undefined {
    const relation = this.types.get(field.type).relation?.(field);
    if (relation === undefined) return undefined;
    // Looked up when it is used, so that a rename of the related model needs no new EntitySchema here.
    const target = () => this.registry.nameOf(String(field.relatedModelId));
    if (relation.kind === 'to_many') {
      const [joinColumn, inverseJoinColumn] = [{ name: 'source_id' }, { name: 'target_id' }];
      return {
        type: 'many-to-many',
        target,
        joinTable: { name: field.physicalName, schema, joinColumn, inverseJoinColumn },
      };
    }
    return {
      type: 'many-to-one',
      target,
      joinColumn: { name: field.physicalName, referencedColumnName: 'id' },
      nullable: !field.required,
    };
  }
}

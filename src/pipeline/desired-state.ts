import type { FieldDefinition } from '../definition/field-definition.js';
import { shortHash } from '../definition/identifiers.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { literal } from '../definition/sql.js';
import { defaultFunction } from '../field-types/default-function.js';
import type { FieldType } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { keyOf, type RecordKey } from '../field-types/record-key.js';
import { checksOf } from './value-checks.js';
import type {
  ColumnState,
  ConstraintState,
  ForeignKeyConstraint,
  IndexState,
  TableReference,
  TableState,
} from '../schema/schema-state.js';

/** Names are made from ids, so they survive every rename, and a violated constraint leads back to its fields. */
export const constraintName = (prefix: 'pk' | 'uq' | 'fk' | 'ix', ...ids: readonly string[]): string =>
  `${prefix}_${shortHash(ids.join(':'))}`;

const ON_DELETE = { restrict: 'RESTRICT', cascade: 'CASCADE', set_null: 'SET NULL' } as const;

const keyColumn = (id: string, { sqlType }: RecordKey, name: string, label = id): ColumnState => ({
  id,
  label,
  name,
  sqlType,
  nullable: false,
  default: null,
  identity: false,
});

/** The field's default as an SQL expression, or null. */
export const columnDefault = (type: FieldType, field: FieldDefinition): string | null => {
  const computed = defaultFunction(type, field);
  if (computed !== undefined) return computed.sql;
  return field.default === null ? null : `${literal(type.parse(field.default, field))}::${type.sqlType(field)}`;
};

/** Whether no two records may have the same value. */
export const isUnique = (type: FieldType, field: FieldDefinition): boolean =>
  field.unique || type.alwaysUnique === true;

/** Definition → the tables it should have: its own, and one join table for each relation to many. */
export class DesiredState {
  constructor(
    private readonly types: FieldTypeRegistry,
    private readonly schema: string,
    /** The table of any model, changed or not. */
    private readonly tableOf: (modelId: string) => TableReference,
    /** The table of any entity of the application. */
    private readonly entityTableOf: (name: string) => TableReference,
  ) {}

  tables(model: ModelDefinition): readonly TableState[] {
    return [this.modelTable(model), ...this.joinTables(model)];
  }

  private modelTable(model: ModelDefinition): TableState {
    const primaryKey = primaryKeyOf(model.primaryKey);
    const id = { ...keyColumn('id', primaryKey.key, 'id'), identity: primaryKey.identity, default: primaryKey.default };
    const columns = model.fields.flatMap((field) => this.column(field));
    const kept = model.formerColumns.flatMap(({ name, fieldId, keptType }): ColumnState[] =>
      keptType === null
        ? []
        : [{ id: fieldId, label: name, name, sqlType: keptType, nullable: true, default: null, identity: false }],
    );
    return {
      id: model.id,
      kind: 'model',
      label: qualifiedName(model),
      schema: this.schema,
      name: model.tableName,
      columns: [id, ...columns, ...kept],
      constraints: [
        { kind: 'primary_key', name: constraintName('pk', model.id), columns: ['id'] },
        ...model.fields.flatMap((field) => this.constraints(field)),
        ...model.uniqueTogether.map(({ name, fields }): ConstraintState => ({
          kind: 'unique',
          name: constraintName('uq', model.id, name),
          columns: fields,
        })),
      ],
      indexes: [
        ...model.fields.flatMap((field) => this.index(field)),
        ...model.indexes.map(({ name, fields }) => ({ name: constraintName('ix', model.id, name), columns: fields })),
      ],
    };
  }

  private column(field: FieldDefinition): readonly ColumnState[] {
    const type = this.types.get(field.type);
    const sqlType = type.sqlType(field);
    if (sqlType === null) return [];
    return [
      {
        id: field.id,
        label: field.name,
        name: field.physicalName,
        sqlType,
        nullable: !(field.required || type.identity === true),
        default: columnDefault(type, field),
        identity: type.identity === true,
        show: (value) => type.select(value),
      },
    ];
  }

  private constraints(field: FieldDefinition): readonly ConstraintState[] {
    const type = this.types.get(field.type);
    const relation = type.relation?.(field);
    const unique = { kind: 'unique', name: constraintName('uq', field.id), columns: [field.id] } as const;
    return [
      ...(isUnique(type, field) ? [unique] : []),
      ...checksOf(type, field),
      ...(relation?.kind === 'to_one'
        ? [this.foreignKey(field.id, field.id, this.relatedTable(field), ON_DELETE[relation.onDelete])]
        : []),
    ];
  }

  private index(field: FieldDefinition): readonly IndexState[] {
    const type = this.types.get(field.type);
    const isAskedFor = (field.options as { readonly index?: boolean }).index === true;
    // A unique constraint brings an index of its own.
    if (isUnique(type, field) || !(type.alwaysIndexed || isAskedFor)) return [];
    return [{ name: constraintName('ix', field.id), columns: [field.id] }];
  }

  private joinTables(model: ModelDefinition): readonly TableState[] {
    return model.fields
      .filter((field) => this.types.get(field.type).relation?.(field).kind === 'to_many')
      .map((field) => ({
        id: field.id,
        kind: 'join',
        label: `${qualifiedName(model)}.${field.name}`,
        schema: this.schema,
        name: field.physicalName,
        columns: [
          keyColumn('source', primaryKeyOf(model.primaryKey).key, 'source_id', field.name),
          keyColumn('target', keyOf(field.relatedKey), 'target_id', field.name),
        ],
        constraints: [
          { kind: 'primary_key', name: constraintName('pk', field.id), columns: ['source', 'target'] },
          this.foreignKey(`${field.id}:source`, 'source', this.tableOf(model.id), 'CASCADE'),
          this.foreignKey(`${field.id}:target`, 'target', this.relatedTable(field), 'CASCADE'),
        ],
        indexes: [{ name: constraintName('ix', field.id), columns: ['target'] }],
      }));
  }

  private relatedTable({ relatedEntity, relatedModelId }: FieldDefinition): TableReference {
    return relatedEntity === null ? this.tableOf(String(relatedModelId)) : this.entityTableOf(relatedEntity);
  }

  private foreignKey(
    key: string,
    column: string,
    references: TableReference,
    onDelete: ForeignKeyConstraint['onDelete'],
  ): ForeignKeyConstraint {
    return { kind: 'foreign_key', name: constraintName('fk', key), columns: [column], references, onDelete };
  }
}

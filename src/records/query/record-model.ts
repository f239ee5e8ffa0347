import type { FieldDefinition } from '../../definition/field-definition.js';
import type { InverseRelation } from '../../definition/inverse-relation.js';
import { type ModelDefinition, qualifiedName } from '../../definition/model-definition.js';
import { quote, quoteTable } from '../../definition/sql.js';
import type { FieldTypeRegistry } from '../../field-types/field-type.registry.js';
import { type PrimaryKey, primaryKeyOf } from '../../field-types/primary-key.js';
import { keyOf, type RecordKey } from '../../field-types/record-key.js';
import { isSingle } from '../inverse-schema.js';
import { columnField, idField, type RecordField, relatedIdField } from './record-field.js';
import type { ResolvedPermit } from '../access/record-permits.js';
import type { Predicate } from './predicate.js';
import { inverseRelation, ownRelation, pairsRelation, type RecordRelation } from './record-relation.js';

/** Finds the models that relations point to. */
export interface RecordModels {
  /** The model with this id as it is now, or undefined. */
  find(id: string): RecordModel | undefined;
  /** Whether this field of another model may be seen; who points here is told by it. */
  isShown(id: string, field: string): boolean;
  /** The application's own entity with this name as far as it may be read, or undefined. */
  findEntity(name: string): RecordModel | undefined;
}

/** Where and how a model is stored. */
export interface RecordModelSource {
  readonly definition: ModelDefinition;
  readonly version: number;
  /** PostgreSQL schema of the tables. */
  readonly schema: string;
  readonly types: FieldTypeRegistry;
  /** Relations of other models that show in the records of this one. */
  readonly inverses: readonly InverseRelation[];
  readonly models: RecordModels;
  /** What may be seen of it; left out: everything. */
  readonly seen?: ResolvedPermit | undefined;
  /** Where it is none of Dynamo's tables: SQL to stand in a FROM clause, and what its ids are. */
  readonly host?: { readonly name: string; readonly table: string; readonly key: RecordKey };
  /** False where nobody may even see that; its ids show nevertheless, in records that point to it. */
  readonly isVisible?: boolean;
}

/**
 * All that queries know of a model: its fields and relations by name, each with the SQL that reaches it. Made once for
 * each shape of the model. The maps are the only way from a name in a request to a name in SQL.
 */
export class RecordModel {
  readonly name: string;
  readonly version: number;
  /** Quoted. */
  readonly table: string;
  readonly id: RecordField;
  /** SQL expression of an id, as programs get it from the driver. */
  readonly returnedId: PrimaryKey['returned'];
  /** Paths of other models may lead here. A model without an admin shows its ids and nothing else. */
  readonly isOpen: boolean;
  /** Whoever asks may see records of it. */
  readonly isVisible: boolean;
  /** Whatever has one value and a column, `id` too. */
  readonly fields: ReadonlyMap<string, RecordField>;
  readonly relations: ReadonlyMap<string, RecordRelation>;
  /** Everything that a record shows, in order. */
  readonly names: readonly string[];
  /** Records show who of their own model points to them: what a statement writes it does not itself see there. */
  readonly showsItself: boolean;
  /** The fields that `search` looks into. */
  readonly searched: readonly RecordField[];
  /** Which of its records there are for whoever asks; undefined for all. */
  readonly rule: Predicate | undefined;
  private readonly hasAllNames: boolean;
  /** Relations whose ids tell of other records that they are there. */
  private readonly shownIds: readonly RecordRelation[];

  constructor(source: RecordModelSource) {
    const { definition, version, schema, types, seen, isVisible = true } = source;
    const isSeen = (name: string) => isVisible && (seen?.fields?.has(name) ?? true);
    const fields = definition.fields.filter(({ name }) => isSeen(name));
    const inverses = source.inverses.filter(
      ({ name, model, field }) => isSeen(name) && source.models.isShown(model.id, field.name),
    );
    this.rule = seen?.rule;
    this.hasAllNames = fields.length + inverses.length === definition.fields.length + source.inverses.length;
    this.name = source.host?.name ?? qualifiedName(definition);
    this.version = version;
    this.table = source.host?.table ?? quoteTable({ schema, name: definition.tableName });
    this.isVisible = isVisible;
    this.isOpen = definition.admin && isVisible;
    const { key, returned } = primaryKeyOf(definition.primaryKey);
    this.id = idField(source.host?.key ?? key);
    this.returnedId = returned;
    const columns = fields.flatMap((field): RecordField[] => {
      const type = types.get(field.type);
      const sqlType = type.sqlType(field);
      return sqlType === null ? [] : [columnField(field, type, sqlType)];
    });
    this.fields = new Map([this.id, ...columns].map((field) => [field.name, field]));
    const relations = [
      ...fields.flatMap((field) => this.ownRelations(field, source)),
      ...inverses.map((inverse) => this.inverse(inverse, source)),
    ];
    this.relations = new Map(relations.map((relation) => [relation.name, relation]));
    const inverseNames = new Set(inverses.map(({ name }) => name));
    this.shownIds = relations.filter(({ name, isMany }) => isMany || inverseNames.has(name));
    this.names = ['id', ...fields.map(({ name }) => name), ...inverses.map(({ name }) => name)];
    this.showsItself = inverses.some(({ model }) => model.id === definition.id);
    this.searched = columns.filter(({ searched }) => searched);
  }

  /** Whether records are shown with all that they have, the ids of those that point to them included. */
  get isWhole(): boolean {
    return this.hasAllNames && this.shownIds.every(({ target }) => target?.rule === undefined);
  }

  private ownRelations(field: FieldDefinition, { schema, types, models }: RecordModelSource): RecordRelation[] {
    const kind = types.get(field.type).relation?.(field).kind;
    if (kind === undefined) return [];
    const isMany = kind === 'to_many';
    const ends = {
      name: field.name,
      isMany,
      id: relatedIdField(keyOf(field.relatedKey), field.name),
      target: () => {
        if (field.relatedModelId !== null) return models.find(field.relatedModelId);
        return field.relatedEntity === null ? undefined : models.findEntity(field.relatedEntity);
      },
    };
    const joinTable = quoteTable({ schema, name: field.physicalName });
    return [
      isMany ? pairsRelation(ends, joinTable, 'source_id', 'target_id') : ownRelation(ends, quote(field.physicalName)),
    ];
  }

  private inverse(inverse: InverseRelation, { schema, types, models }: RecordModelSource): RecordRelation {
    const { name, model, field } = inverse;
    const isPairs = types.get(field.type).relation?.(field).kind === 'to_many';
    const ends = {
      name,
      isMany: !isSingle(inverse, types),
      id: relatedIdField(primaryKeyOf(model.primaryKey).key, name),
      target: () => models.find(model.id),
    };
    return isPairs
      ? pairsRelation(ends, quoteTable({ schema, name: field.physicalName }), 'target_id', 'source_id')
      : inverseRelation(ends, quoteTable({ schema, name: model.tableName }), quote(field.physicalName));
  }
}

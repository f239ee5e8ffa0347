import type { FieldDefinition, FieldId } from './field-definition.js';

/** A MetaModel row's uuid. */
export type ModelId = string & { readonly __brand: 'ModelId' };

/** Fields whose values are unique together. */
export interface UniqueGroup {
  readonly name: string;
  readonly fields: readonly FieldId[];
}

/** Fields that share an index, in this order. */
export interface IndexGroup {
  readonly name: string;
  readonly fields: readonly FieldId[];
}

/** A column name that a field had once. No other field of the model gets it, so an old statement never reads a wrong column. */
export interface FormerColumn {
  readonly name: string;
  readonly fieldId: FieldId;
  /** Type of the column when it is still in the table, because its field was deleted with `deleteColumns` off. */
  readonly keptType: string | null;
}

/** One model as the engine reads it: immutable, complete, already checked. Descriptions are no part of it. */
export interface ModelDefinition {
  readonly id: ModelId;
  readonly app: string;
  readonly name: string;
  readonly tableName: string;
  readonly verboseName: string;
  readonly admin: boolean;
  /** Name of the field type of `id`: `big_auto`, `auto` or `uuid`. */
  readonly primaryKey: string;
  /** In the order that people see. */
  readonly fields: readonly FieldDefinition[];
  readonly uniqueTogether: readonly UniqueGroup[];
  readonly indexes: readonly IndexGroup[];
  readonly formerColumns: readonly FormerColumn[];
}

/** A model that was created, changed or deleted, before and after. */
export type ModelChange =
  | { readonly kind: 'create'; readonly before: null; readonly after: ModelDefinition }
  | { readonly kind: 'update'; readonly before: ModelDefinition; readonly after: ModelDefinition }
  | { readonly kind: 'delete'; readonly before: ModelDefinition; readonly after: null };

/** `music.MediaType`: how people and TypeORM call a model. */
export const qualifiedName = (model: { readonly app: string; readonly name: string }): string =>
  `${model.app}.${model.name}`;

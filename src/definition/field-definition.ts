/** A MetaField row's uuid. */
export type FieldId = string & { readonly __brand: 'FieldId' };

/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Types that a primary key may have, as PostgreSQL prints them. */
export type KeyType = 'integer' | 'bigint' | 'uuid' | 'text';

/** A value offered for a field, with the text people see. */
export interface Choice {
  readonly value: string | number;
  readonly label: string;
}

/** One field as the engine reads it: immutable, complete, already checked. */
export interface FieldDefinition<Options extends object = object> {
  readonly id: FieldId;
  readonly name: string;
  /** The column, or the join table of a many_to_many. Follows the name, but is never shared with another field. */
  readonly physicalName: string;
  readonly verboseName: string;
  /** Canonical name of the field type, such as `char`. */
  readonly type: string;
  /** The model that a relation points to; null where it points to an entity of the application, and for other types. */
  readonly relatedModelId: string | null;
  /** Name of the application's own entity that a relation points to; null for models, and for other types. */
  readonly relatedEntity: string | null;
  /** Type of the key that a relation points to; null for other types. */
  readonly relatedKey: KeyType | null;
  readonly order: number;
  readonly required: boolean;
  readonly unique: boolean;
  readonly default: Json;
  readonly choices: readonly Choice[];
  readonly help: string;
  readonly options: Readonly<Options>;
}

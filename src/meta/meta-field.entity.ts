import { EntitySchema } from 'typeorm';
import { MetaModel } from './meta-model.entity.js';

/** Any JSON; not the recursive type, which TypeORM's partial types cannot follow to its end. */
export type JsonColumn = string | number | boolean | object | null;

/**
 * A field of a model, as an administrator edits it. Saving or removing one changes the column.
 *
 * @example
 * const fields = dataSource.getRepository(MetaField);
 * const price = await fields.findOneByOrFail({ name: 'price', metaModel: { name: 'Product' } });
 * await fields.save({ ...price, required: true });
 */
export class MetaField {
  id: string;
  metaModel: MetaModel;
  name: string;
  /** What people see; derived from the name when null. */
  verboseName: string | null;
  /** Name of a field type, or its class name in Django. */
  type: string;
  /** `app.Model` that a relation points to, or the name of one of the application's own entities. */
  relatedModel: string | null;
  /** Kept by Dynamo: the model that `relatedModel` named when it was saved. */
  relatedModelId: string | null;
  /** A note for administrators. Changes nothing. */
  description: string;
  /** Position among the fields; after the last one when null. */
  order: number | null;
  /** True: unique together with the model's other fields that say true. A text: with those of this name. */
  uniqueTogether: boolean | string;
  unique: boolean;
  /** Shown where a value is entered. */
  help: string;
  /** Values, `[value, label]` pairs or `{ value, label }` objects. */
  choices: JsonColumn;
  /** Value of records that give none, also of those that exist when the field is added. Null for none. */
  default: JsonColumn;
  /** Neither null nor the empty text is a value. */
  required: boolean;
  /** By type, such as `{ "maxLength": 40 }`. */
  options: object;
  /** Kept by the database: fields without an order come in the order in which they were added. */
  readonly sequence: string;
}

/** How the unnamed group, `uniqueTogether: true`, is stored; no name can be this. */
const UNNAMED_GROUP = '*';

const uniqueTogether = {
  to: (value: boolean | string | null | undefined) => {
    if (value === undefined) return undefined;
    return value === true ? UNNAMED_GROUP : value || null;
  },
  from: (value: string | null) => (value === UNNAMED_GROUP ? true : (value ?? false)),
};

export const metaFieldSchema = (schema: string): EntitySchema<MetaField> =>
  new EntitySchema<MetaField>({
    name: 'MetaField',
    target: MetaField,
    schema,
    tableName: 'meta_field',
    synchronize: false,
    columns: {
      id: { type: 'uuid', primary: true, generated: 'uuid' },
      name: { type: 'text' },
      verboseName: { type: 'text', name: 'verbose_name', nullable: true },
      type: { type: 'text' },
      relatedModel: { type: 'text', name: 'related_model', nullable: true },
      relatedModelId: { type: 'uuid', name: 'related_model_id', nullable: true },
      description: { type: 'text', default: '' },
      order: { type: 'integer', nullable: true },
      uniqueTogether: { type: 'text', name: 'unique_together', nullable: true, transformer: uniqueTogether },
      unique: { type: 'boolean', default: false },
      help: { type: 'text', default: '' },
      choices: { type: 'jsonb', nullable: true },
      default: { type: 'jsonb', nullable: true },
      required: { type: 'boolean', default: false },
      options: { type: 'jsonb', default: {} },
      sequence: { type: 'bigint', insert: false, update: false },
    },
    relations: {
      metaModel: {
        type: 'many-to-one',
        target: () => MetaModel,
        inverseSide: 'fields',
        joinColumn: { name: 'meta_model_id' },
        nullable: false,
        onDelete: 'CASCADE',
        orphanedRowAction: 'delete',
      },
    },
  });

import { EntitySchema } from 'typeorm';
import { DEFAULT_PRIMARY_KEY } from '../field-types/primary-key.js';
import { MetaField } from './meta-field.entity.js';

/**
 * A model, as an administrator edits it. Saving or removing one changes its table, repository, API and pages.
 *
 * @example
 * await dataSource.getRepository(MetaModel).save({ name: 'Product', fields: [{ name: 'title', type: 'char' }] });
 */
export class MetaModel {
  id: string;
  /** First half of the qualified name. `defaultApp` when not given. */
  app: string;
  name: string;
  /** What people see; derived from the name when null. */
  verboseName: string | null;
  /** A note for administrators. Changes nothing. */
  description: string;
  /** Whether there is an API and an admin page. `defaultAdmin` when not given. */
  admin: boolean;
  /** What ids are: `big_auto`, `auto` or `uuid`. Fixed once the model exists. */
  primaryKey: string;
  fields: MetaField[];
}

export const metaModelSchema = (schema: string): EntitySchema<MetaModel> =>
  new EntitySchema<MetaModel>({
    name: 'MetaModel',
    target: MetaModel,
    schema,
    tableName: 'meta_model',
    synchronize: false,
    columns: {
      id: { type: 'uuid', primary: true, generated: 'uuid' },
      app: { type: 'text' },
      name: { type: 'text' },
      verboseName: { type: 'text', name: 'verbose_name', nullable: true },
      description: { type: 'text', default: '' },
      admin: { type: 'boolean' },
      primaryKey: { type: 'text', name: 'primary_key', default: DEFAULT_PRIMARY_KEY },
    },
    relations: {
      fields: { type: 'one-to-many', target: () => MetaField, inverseSide: 'metaModel', cascade: true },
    },
  });

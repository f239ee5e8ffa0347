import type { HostColumn } from '../database/host-rows.js';
import type { HostEntity } from '../database/host-entities.js';
import type { FieldDefinition, FieldId } from '../definition/field-definition.js';
import type { ModelId } from '../definition/model-definition.js';
import { keyOf } from '../field-types/record-key.js';
import { RecordModel, type RecordModelSource } from '../records/query/record-model.js';

const fieldOf = ({ name, type, isRequired, options }: HostColumn, order: number): FieldDefinition => ({
  id: name as FieldId,
  name,
  physicalName: name,
  verboseName: name,
  type,
  relatedModelId: null,
  relatedEntity: null,
  relatedKey: null,
  order,
  required: isRequired,
  unique: false,
  default: null,
  choices: [],
  help: '',
  options,
});

/** What queries know of an application's own entity: its columns that may be read, and nothing that can be written. */
export const hostRecordModel = (
  { name, key, rows }: HostEntity,
  source: Pick<RecordModelSource, 'types' | 'models' | 'seen' | 'isVisible'>,
): RecordModel => {
  const { table, columns } = rows();
  return new RecordModel({
    ...source,
    definition: {
      id: name as ModelId,
      app: '',
      name,
      tableName: '',
      verboseName: name,
      admin: true,
      primaryKey: 'big_auto',
      fields: columns.map(fieldOf),
      uniqueTogether: [],
      indexes: [],
      formerColumns: [],
    },
    version: 0,
    schema: '',
    inverses: [],
    host: { name, table, key: keyOf(key) },
  });
};

import type { RaRecord } from 'react-admin';
import type { JsonObject } from '../../api/json.js';
import { isEmpty } from '../../fields/widget.js';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { valueOf } from '../../records/stored-record.js';

/** What may be given to a new record, and has a value in the other one. */
const givenFields = ({ fields }: ModelDescriptor, record: RaRecord): readonly FieldDescriptor[] =>
  fields.filter(({ name, permissions, isInverse }) => permissions.add && !isInverse && !isEmpty(valueOf(record, name)));

/** Numbers that the server counts itself are of no record but their own. */
const isCounted = ({ required, hasDefault, default: given, unique }: FieldDescriptor): boolean =>
  unique && required && hasDefault && given === null;

/** The values of a record that another one may have, too, by the names of fields. */
export const duplicateOf = (model: ModelDescriptor, record: RaRecord): JsonObject =>
  Object.fromEntries(
    givenFields(model, record)
      .filter(({ unique }) => !unique)
      .map(({ name }) => [name, valueOf(record, name)]),
  );

/** The fields that no two records may have the same value of, so that somebody has to think of another one. */
export const leftOut = (model: ModelDescriptor, record: RaRecord): readonly FieldDescriptor[] =>
  givenFields(model, record).filter((field) => field.unique && !isCounted(field));

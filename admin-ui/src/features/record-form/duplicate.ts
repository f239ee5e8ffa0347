import type { RaRecord } from 'react-admin';
import type { JsonObject } from '../../api/json.js';
import { isEmpty } from '../../fields/widget.js';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { valueOf } from '../../records/stored-record.js';

/** What can be seen of the other record, and given to a new one. */
const copiedFields = ({ fields }: ModelDescriptor): readonly FieldDescriptor[] =>
  fields.filter(({ permissions, isInverse }) => permissions.view && permissions.add && !isInverse);

/** Numbers that the server counts itself are of no record but their own. */
const isCounted = ({ required, hasDefault, default: given }: FieldDescriptor): boolean =>
  required && hasDefault && given === null;

/** The values of a record that another one may have, too, by the names of fields. */
export const duplicateOf = (model: ModelDescriptor, record: RaRecord): JsonObject =>
  Object.fromEntries(
    copiedFields(model)
      .filter(({ unique }) => !unique)
      .map(({ name }) => [name, valueOf(record, name)]),
  );

/** The fields that no two records may have the same value of, so that somebody has to think of another one. */
export const leftOut = (model: ModelDescriptor, record: RaRecord): readonly FieldDescriptor[] =>
  copiedFields(model).filter((field) => field.unique && !isCounted(field) && !isEmpty(valueOf(record, field.name)));

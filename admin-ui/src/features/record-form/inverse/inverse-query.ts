import type { Json, JsonObject } from '../../../api/json.js';
import { widgetOf } from '../../../fields/widgets.js';
import { recordPaths } from '../../../models/record-paths.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';
import type { RecordId } from '../../../records/stored-record.js';

/** Beside what stands for a record, so many have room below a form. */
const OTHER_COLUMNS = 4;

/** The records that point to this one, as the API filters them. @param pointing the field that they point with */
export const pointingFilter = ({ name, relation }: FieldDescriptor, id: RecordId): JsonObject => ({
  [name]: relation?.isMany ? { $in: [id] } : { $eq: id },
});

/** What a new record needs to point to this one. */
export const pointingValue = ({ name, relation }: FieldDescriptor, id: RecordId): Record<string, Json> => ({
  [name]: relation?.isMany ? [id] : id,
});

/** The address of the list of all of them. */
export const pointingList = ({ path }: ModelDescriptor, pointing: FieldDescriptor, id: RecordId): string => {
  const filter = JSON.stringify({ $and: [pointingFilter(pointing, id)] });
  return `${recordPaths.list(path)}?${new URLSearchParams({ filter }).toString()}`;
};

/** The first fields that are short, but for the one that stands for the record, and the one that points here. */
export const firstFields = ({ display, fields }: ModelDescriptor, pointing: FieldDescriptor) =>
  fields
    .filter(({ permissions, isInverse, kind }) => permissions.view && !isInverse && kind !== 'binary')
    .filter(({ name, id }) => name !== display && id !== pointing.id)
    .filter((field) => !widgetOf(field).isWide)
    .slice(0, OTHER_COLUMNS);

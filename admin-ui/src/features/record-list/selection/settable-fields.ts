import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';

/** The fields that many records may get one value of: not those whose value, or related record, only one can have. */
export const settableFields = ({ fields, permissions }: ModelDescriptor): readonly FieldDescriptor[] =>
  permissions.change ? fields.filter((field) => field.permissions.change && !field.unique && !field.isInverse) : [];

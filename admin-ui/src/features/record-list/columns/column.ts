import type { FieldDescriptor } from '../../../models/model-descriptor.js';

/** Of the address: names, with commas between them. */
export const COLUMNS_PARAMETER = 'columns';

/** Kinds of values that have no order people would understand. */
const UNORDERED: ReadonlySet<string> = new Set(['json', 'binary', 'choices', 'keys']);

/** What to sort by to sort by a column, or undefined: relations by what stands for their records. */
export const sortPath = ({ name, kind, relation }: FieldDescriptor): string | undefined => {
  if (UNORDERED.has(kind) || relation?.isMany) return undefined;
  return relation?.display == null ? name : `${name}.${relation.display}`;
};

import type { FieldDescriptor } from './model-descriptor.js';

/** What to select to show a field in a list: of relations what stands for their records, too. */
export const selectPaths = ({ name, relation }: FieldDescriptor): readonly string[] =>
  relation?.display == null ? [name] : [`${name}.id`, `${name}.${relation.display}`];

import type { FieldDescriptor, ModelDescriptor } from './model-descriptor.js';

/** The `id` of a model as a field like the others, to be shown and filtered by. @param label what people call it */
export const idField = ({ key }: Pick<ModelDescriptor, 'key'>, label: string): FieldDescriptor => ({
  id: 'id',
  name: 'id',
  verboseName: label,
  help: '',
  type: 'id',
  kind: key === 'number' ? 'number' : 'uuid',
  widget: key === 'number' ? 'number' : 'text',
  required: true,
  hasDefault: true,
  default: null,
  unique: true,
  choices: [],
  schema: { type: key === 'number' ? 'integer' : 'string' },
  options: {},
  operators: key === 'number' ? ['$eq', '$in', '$gt', '$gte', '$lt', '$lte'] : ['$eq', '$in'],
  relation: null,
  isInverse: false,
  inverseOf: null,
  permissions: { view: true, add: false, change: false },
});

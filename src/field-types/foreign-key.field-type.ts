import type { FieldType } from './field-type.js';
import { toOne, type ToOneOptions } from './to-one.js';

export const foreignKey = {
  ...toOne,
  name: 'foreign_key',
  djangoName: 'ForeignKey',
  label: 'Relation to one',
  description: 'Points to one record of another model, or of the same.',
} satisfies FieldType<ToOneOptions>;

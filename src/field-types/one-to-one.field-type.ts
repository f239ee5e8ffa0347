import type { FieldType } from './field-type.js';
import { toOne, type ToOneOptions } from './to-one.js';

export const oneToOne = {
  ...toOne,
  name: 'one_to_one',
  djangoName: 'OneToOneField',
  label: 'Relation to one of its own',
  description: 'Points to one record of another model, or of the same, to which no other record points.',
  alwaysUnique: true,
} satisfies FieldType<ToOneOptions>;

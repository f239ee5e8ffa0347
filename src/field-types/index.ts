import { bigInteger } from './big-integer.field-type.js';
import { boolean } from './boolean.field-type.js';
import { char } from './char.field-type.js';
import { dateTime } from './date-time.field-type.js';
import { date } from './date.field-type.js';
import { decimal } from './decimal.field-type.js';
import { email } from './email.field-type.js';
import type { FieldType } from './field-type.js';
import { float } from './float.field-type.js';
import { foreignKey } from './foreign-key.field-type.js';
import { integer } from './integer.field-type.js';
import { manyToMany } from './many-to-many.field-type.js';
import { text } from './text.field-type.js';

/** Every type that comes with Dynamo, in the order in which people choose from them. */
export const FIELD_TYPES: readonly FieldType[] = [
  char,
  text,
  integer,
  bigInteger,
  float,
  decimal,
  boolean,
  date,
  dateTime,
  email,
  foreignKey,
  manyToMany,
];

import { auto } from './auto.field-type.js';
import { bigAuto } from './big-auto.field-type.js';
import { bigInteger } from './big-integer.field-type.js';
import { binary } from './binary.field-type.js';
import { boolean } from './boolean.field-type.js';
import { char } from './char.field-type.js';
import { choice } from './choice.field-type.js';
import { commaSeparatedInteger } from './comma-separated-integer.field-type.js';
import { dateTime } from './date-time.field-type.js';
import { date } from './date.field-type.js';
import { decimal } from './decimal.field-type.js';
import { duration } from './duration.field-type.js';
import { email } from './email.field-type.js';
import type { FieldType } from './field-type.js';
import { float } from './float.field-type.js';
import { foreignKey } from './foreign-key.field-type.js';
import { integer } from './integer.field-type.js';
import { ipAddress } from './ip-address.field-type.js';
import { json } from './json.field-type.js';
import { manyToMany } from './many-to-many.field-type.js';
import { multipleChoice } from './multiple-choice.field-type.js';
import { nullBoolean } from './null-boolean.field-type.js';
import { oneToOne } from './one-to-one.field-type.js';
import { positiveInteger } from './positive-integer.field-type.js';
import { positiveSmallInteger } from './positive-small-integer.field-type.js';
import { slug } from './slug.field-type.js';
import { smallInteger } from './small-integer.field-type.js';
import { text } from './text.field-type.js';
import { time } from './time.field-type.js';
import { url } from './url.field-type.js';
import { uuid } from './uuid.field-type.js';

type BuiltIn =
  | 'char'
  | 'text'
  | 'slug'
  | 'email'
  | 'url'
  | 'choice'
  | 'multipleChoice'
  | 'integer'
  | 'smallInteger'
  | 'bigInteger'
  | 'positiveInteger'
  | 'positiveSmallInteger'
  | 'float'
  | 'decimal'
  | 'commaSeparatedInteger'
  | 'auto'
  | 'bigAuto'
  | 'boolean'
  | 'nullBoolean'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'duration'
  | 'uuid'
  | 'ipAddress'
  | 'json'
  | 'binary'
  | 'foreignKey'
  | 'oneToOne'
  | 'manyToMany';

/**
 * The types that come with Dynamo, in the order in which people choose from them; an application's own may be built on
 * them.
 *
 * @example
 * const money = { ...fieldTypes.decimal, name: 'money', label: 'Money', description: 'An amount.' } satisfies FieldType;
 */
export const fieldTypes: Readonly<Record<BuiltIn, FieldType>> = {
  char,
  text,
  slug,
  email,
  url,
  choice,
  multipleChoice,
  integer,
  smallInteger,
  bigInteger,
  positiveInteger,
  positiveSmallInteger,
  float,
  decimal,
  commaSeparatedInteger,
  auto,
  bigAuto,
  boolean,
  nullBoolean,
  date,
  dateTime,
  time,
  duration,
  uuid,
  ipAddress,
  json,
  binary,
  foreignKey,
  oneToOne,
  manyToMany,
};

/** All of them. */
export const FIELD_TYPES: readonly FieldType[] = Object.values(fieldTypes);

import type { FieldDefinition, Json } from '../../definition/field-definition.js';
import { quote } from '../../definition/sql.js';
import { InvalidValueError } from '../../errors/invalid-value.error.js';
import type { FieldType, JsonSchema, ValueKind } from '../../field-types/field-type.js';
import type { RecordId, RecordKey } from '../../field-types/record-key.js';
import { sharedValidator } from '../../field-types/shared.validator.js';
import { parseText } from '../../field-types/text-value.js';
import type { Parameter } from '../record-parser.js';

/** A column of a model, as queries need it. */
export interface RecordField {
  readonly name: string;
  /** Quoted. */
  readonly column: string;
  readonly kind: ValueKind;
  /** Type of parameters that are compared with the column; without length, because a cast to a length cuts values off. */
  readonly cast: string;
  readonly nullable: boolean;
  /** Whether `search` looks into it. */
  readonly searched: boolean;
  /** Schema of a value as the API shows it. */
  readonly schema: JsonSchema;
  /** Text of a query string → the JSON value it stands for. */
  fromText(text: string): Json;
  /** JSON value → parameter that the column may be equal to. @throws InvalidValueError */
  value(operand: Json): Parameter;
  /** JSON value → parameter that the column may be more or less than: of texts, any. @throws InvalidValueError */
  bound(operand: Json): Parameter;
  /** SQL expression that shows a value of the column, or of what an aggregate makes of it. */
  select(column: string): string;
}

/** Options that say which values may be written. Records that are older than them keep theirs, and must be found. */
const RULES: ReadonlySet<string> = new Set(['min', 'max', 'pattern']);

const withoutRules = (field: FieldDefinition): FieldDefinition => ({
  ...field,
  options: Object.fromEntries(Object.entries(field.options).filter(([name]) => !RULES.has(name))),
});

const anyText = (operand: Json): Parameter => {
  if (typeof operand !== 'string') throw new InvalidValueError('invalid_format', 'must be a text');
  return parseText(operand);
};

/** A field that has a column. Operands must have the shape of the type, and may break the rules of the field. */
export const columnField = (field: FieldDefinition, type: FieldType, sqlType: string): RecordField => {
  const shape = withoutRules(field);
  const schema = type.jsonSchema(shape);
  const value = (operand: Json): Parameter => {
    if (operand === null || sharedValidator(schema)(operand).length > 0) {
      throw new InvalidValueError('invalid_format', `must be ${type.expects(shape)}`);
    }
    return type.parse(operand, shape);
  };
  return {
    name: field.name,
    column: quote(field.physicalName),
    kind: type.values,
    cast: sqlType.replace(/\(.*?\)/, ''),
    nullable: !field.required && !type.identity,
    searched: type.values === 'text' && type.searched !== false,
    schema: type.outputSchema?.(field) ?? type.jsonSchema(field),
    fromText: (text) => type.fromText?.(text, shape) ?? text,
    value,
    bound: type.values === 'text' ? anyText : value,
    select: (column) => type.select(column),
  };
};

const WHOLE_KEYS: ReadonlySet<string> = new Set(['integer', 'bigint']);

/** Ids are compared with any whole number: the first is 1, but "more than 0" is a good question. */
const wholeNumber = (operand: Json): Parameter => {
  if (typeof operand === 'number' && Number.isSafeInteger(operand)) return operand;
  throw new InvalidValueError('invalid_format', 'must be a whole number');
};

const keyValue =
  (key: RecordKey, expects: string) =>
  (operand: Json): RecordId => {
    if (operand !== null && sharedValidator(key.jsonSchema)(operand).length === 0) return key.parse(operand);
    throw new InvalidValueError('invalid_format', `must be ${expects}`);
  };

const keyField = (key: RecordKey, name: string, kind: ValueKind, expects: string): RecordField => {
  const value = keyValue(key, expects);
  const isNumber = kind === 'number';
  return {
    name,
    column: 'id',
    kind,
    cast: isNumber ? 'bigint' : key.sqlType,
    nullable: false,
    searched: false,
    schema: key.outputSchema,
    fromText: (text) => key.fromText(text) ?? (isNumber && /^-?\d{1,15}$/.test(text) ? Number(text) : text),
    value,
    bound: isNumber ? wholeNumber : value,
    select: (column) => column,
  };
};

/** The `id` of a model. */
export const idField = (key: RecordKey): RecordField =>
  keyField(key, 'id', WHOLE_KEYS.has(key.sqlType) ? 'number' : 'uuid', key.expects);

/** An id that a relation points to, wherever it is stored. */
export const relatedIdField = (key: RecordKey, name: string): RecordField =>
  keyField(key, name, 'key', 'the id of a related record');

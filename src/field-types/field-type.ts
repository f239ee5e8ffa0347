import type { FieldDefinition, Json } from '../definition/field-definition.js';

/** A JSON Schema (draft 2020-12, as in OpenAPI 3.1) as data. */
export type JsonSchema = { readonly [key: string]: Json };

/** What the table of a `to_one` or `to_many` relation points to, and what happens when that record is deleted. */
export interface RelationDescription {
  readonly kind: 'to_one' | 'to_many';
  readonly onDelete: OnDelete;
}
/** What becomes of records when the record that they point to is deleted. */
export type OnDelete = 'restrict' | 'cascade' | 'set_null';

/**
 * What values are, whatever their type is called. Types of one kind share how they are written, so a change of type
 * needs one rule per kind and not one per pair of types.
 */
export type ValueKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'date_time'
  | 'time'
  | 'duration'
  | 'uuid'
  | 'ip_address'
  | 'json'
  | 'binary'
  | 'choices'
  | 'key'
  | 'keys';

/** How the values of a column become values of another type, in SQL. `value` is an expression that is not null. */
export interface Cast {
  using(value: string): string;
  /** A condition that tells whether a value converts; only then {@link using} is asked for. Left out: every value does. */
  accepts?(value: string): string;
  /** What is lost, to follow «loses»: `the time of day`. Left out: nothing, each value can be told from every other. */
  readonly loses?: string;
}

/** A default that is computed anew for each record. */
export interface DefaultFunction {
  /** For rows that somebody adds without Dynamo, and for those that exist when the field is added. */
  readonly sql: string;
  value(): Json;
}

/** An admin control described as data. */
export interface Widget {
  /** Such as `text`, `number`, `date` or `select`; types of an application may have controls of their own. */
  readonly kind: string;
  readonly props: { readonly [key: string]: Json };
}

/** What is wrong with one option. */
export interface OptionProblem {
  readonly option: string;
  readonly problem: string;
}

/** A field as it was before its type or options changed. */
export interface CastSource {
  readonly type: FieldType;
  readonly field: FieldDefinition;
}

/**
 * The kind of a field: everything Dynamo knows about it, in one object. Adding a type means adding such an object.
 *
 * @example
 * const color = {
 *   name: 'color',
 *   label: 'Colour',
 *   description: 'A colour such as #ff8800.',
 *   optionsSchema: { type: 'object', additionalProperties: false },
 *   sqlType: () => 'text',
 *   jsonSchema: () => ({ type: 'string', pattern: '^#[0-9a-f]{6}$' }),
 *   expects: () => 'a colour such as #ff8800',
 *   parse: String,
 *   select: (column) => column,
 *   values: 'text',
 *   widget: 'text',
 * } satisfies FieldType;
 * DynamoModule.forRoot({ fieldTypes: [color] });
 */
export interface FieldType<Options extends object = object> {
  /** Snake case, as rows and the API have it. */
  readonly name: string;
  /** Class name in Django, accepted instead of `name`. */
  readonly djangoName?: string;
  readonly label: string;
  readonly description: string;
  /** Schema of `options`; its defaults fill in what was left out. */
  readonly optionsSchema: JsonSchema;
  /** What is wrong with options that fit their schema one by one, or undefined. */
  checkOptions?(options: Options): string | OptionProblem | undefined;
  /** Type of the column exactly as PostgreSQL prints it, or null when the field has no column. */
  sqlType(field: FieldDefinition<Options>): string | null;
  /**
   * What a value in a request body looks like. Null and required are added around it. A `pattern` is RE2's and takes
   * linear time, unless it is declared with `trustedPattern`.
   */
  jsonSchema(field: FieldDefinition<Options>): JsonSchema;
  /** The same in words, to follow «must be». */
  expects(field: FieldDefinition<Options>): string;
  /** JSON value, already valid against `jsonSchema` → parameter of a statement. @throws InvalidValueError */
  parse(value: Json, field: FieldDefinition<Options>): string | number | boolean;
  /** SQL expression that gives the value as the API shows it. */
  select(column: string): string;
  /** Schema of the value as the API shows it, where that is not `jsonSchema`. */
  outputSchema?(field: FieldDefinition<Options>): JsonSchema;
  /**
   * TypeScript type of the value in a TypeORM repository, where that is not the one of the API: `Date`, or
   * `import('./money.js').Money`.
   */
  readonly entityType?: string;
  /** Text of a query string → the JSON value it stands for. Left out: the text itself. */
  fromText?(text: string, field: FieldDefinition<Options>): Json;
  readonly widget: Widget['kind'];
  /** Column of a field with this snake-case name. Left out: the same. */
  columnName?(name: string): string;
  /** Only for types that point to other models. */
  relation?(field: FieldDefinition<Options>): RelationDescription;
  /** Whether the column gets an index without being asked for one. */
  readonly alwaysIndexed?: boolean;
  /** False where a default makes no sense. */
  readonly allowsDefault?: boolean;
  readonly values: ValueKind;
  /** How values of a field of another type, or of the same with other options, become values of this one. Left out: they cannot. */
  castFrom?(source: CastSource, target: FieldDefinition<Options>): Cast | undefined;
  /** What every value meets, besides its choices, as the parts of an SQL condition between which the column goes. */
  check?(field: FieldDefinition<Options>): readonly string[] | undefined;
  /** Words that are no values of the type but may stand as default. */
  readonly defaultFunctions?: { readonly [name: string]: DefaultFunction };
  /** When the server fills in the value, by the default function `now`; undefined where clients give it. */
  automatic?(field: FieldDefinition<Options>): 'create' | 'save' | undefined;
  /** The database counts the values up; there always is one. */
  readonly identity?: boolean;
  readonly alwaysUnique?: boolean;
  readonly needsChoices?: boolean;
  /** A value is a list whose items are choices. */
  readonly choosesMany?: boolean;
  /** False for texts that nobody searches for words. */
  readonly searched?: boolean;
  /** May be the type of a model's `id`. */
  readonly isPrimaryKey?: boolean;
}

import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { FieldError } from '../errors/dynamo.error.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { InvalidRecordError } from '../errors/record.error.js';
import type { JsonSchema } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { type PrimaryKey, primaryKeyOf } from '../field-types/primary-key.js';
import { keyOf, type RecordId } from '../field-types/record-key.js';
import type { SchemaViolation } from '../field-types/json-schema.validator.js';
import { objectValidator, type Validate } from '../field-types/shared.validator.js';
import type { RecordSchema } from './record-schema.js';

/** Parameter of a statement. */
export type Parameter = string | number | boolean | null;

/** A body that passed every check, split by where its values go. */
export interface ParsedRecord {
  readonly id: RecordId | undefined;
  /** Field id → value of its column. */
  readonly columns: ReadonlyMap<string, Parameter>;
  /** Field id → ids in its join table. */
  readonly relations: ReadonlyMap<string, readonly RecordId[]>;
}

const CODES: Readonly<Record<string, string>> = {
  required: 'required',
  minLength: 'too_short',
  minItems: 'too_short',
  type: 'invalid_type',
  maxLength: 'too_long',
  minimum: 'out_of_range',
  maximum: 'out_of_range',
  enum: 'not_a_choice',
  additionalProperties: 'unknown_field',
  uniqueItems: 'duplicate_items',
};

const propertiesOf = (schema: JsonSchema) => schema['properties'] as { readonly [name: string]: JsonSchema };
const requiredOf = (schema: JsonSchema) => (schema['required'] ?? []) as readonly string[];

type Body = { readonly [name: string]: Json };

/** Checks bodies against one version of a model; compiled once. */
export class RecordParser {
  private readonly fields: ReadonlyMap<string, FieldDefinition>;
  private readonly primaryKey: PrimaryKey;
  private readonly validateCreate: Validate;
  private readonly validatePatch: Validate;

  constructor(
    private readonly definition: ModelDefinition,
    private readonly types: FieldTypeRegistry,
    private readonly schema: RecordSchema,
  ) {
    this.fields = new Map(definition.fields.map((field) => [field.name, field]));
    this.primaryKey = primaryKeyOf(definition.primaryKey);
    this.validateCreate = objectValidator(propertiesOf(schema.create), requiredOf(schema.create));
    this.validatePatch = objectValidator(propertiesOf(schema.patch), requiredOf(schema.patch));
  }

  /** A whole record: fields that are left out get their default. @throws InvalidRecordError */
  parseWhole(body: unknown): ParsedRecord {
    return this.orThrow(this.whole(body, ''));
  }

  /** Many whole records; paths of errors begin with the position. @throws InvalidRecordError */
  parseMany(bodies: readonly unknown[]): readonly ParsedRecord[] {
    const results = bodies.map((body, position) => this.whole(body, `${position}.`));
    const [first, ...others] = results.flatMap(({ errors }) => errors);
    if (first !== undefined) throw new InvalidRecordError([first, ...others]);
    return results.map(({ record }) => record);
  }

  /** Some values of a record. @throws InvalidRecordError */
  parsePatch(body: unknown): ParsedRecord {
    return this.orThrow(this.parse(body, this.validatePatch(body), ''));
  }

  private whole(body: unknown, prefix: string) {
    // Defaults are filled in here, so that every record takes the same statement.
    return this.parse(body, this.validateCreate(body), prefix, (field) => field.default);
  }

  private orThrow({ record, errors: [first, ...others] }: { record: ParsedRecord; errors: readonly FieldError[] }) {
    if (first !== undefined) throw new InvalidRecordError([first, ...others]);
    return record;
  }

  private parse(
    body: unknown,
    violations: readonly SchemaViolation[],
    prefix: string,
    fallback?: (field: FieldDefinition) => Json,
  ): { record: ParsedRecord; errors: readonly FieldError[] } {
    const columns = new Map<string, Parameter>();
    const relations = new Map<string, readonly RecordId[]>();
    if (violations.length > 0) {
      // One entry per value: a date that has neither the format nor the pattern is one mistake.
      const firsts = new Map([...violations].reverse().map((violation) => [violation.path, violation]));
      const errors = [...firsts.values()].reverse().map((violation) => this.explain(violation, body, prefix));
      return { record: { id: undefined, columns, relations }, errors };
    }

    const errors: FieldError[] = [];
    const given = body as Body;
    for (const field of this.definition.fields) {
      const value = Object.hasOwn(given, field.name) ? given[field.name] : fallback?.(field);
      if (value === undefined) continue;
      if (value === null && field.required) {
        errors.push(this.missing(field.name, prefix));
        continue;
      }
      const type = this.types.get(field.type);
      try {
        if (type.relation?.(field).kind === 'to_many') {
          const ids = ((value ?? []) as readonly Json[]).map((id) => keyOf(field.relatedKey).parse(id));
          relations.set(field.id, ids);
        } else columns.set(field.id, value === null ? null : type.parse(value, field));
      } catch (error) {
        if (!(error instanceof InvalidValueError)) throw error;
        errors.push({ path: prefix + field.name, code: error.code, message: `"${field.name}" ${error.message}.` });
      }
    }
    const id = given['id'] === undefined ? undefined : this.primaryKey.key.parse(given['id']);
    return { record: { id, columns, relations }, errors };
  }

  private missing(name: string, prefix: string): FieldError {
    const message = `"${name}" is required and must not be empty.`;
    return { path: prefix + name, code: 'required', message };
  }

  private explain({ path, keyword, params }: SchemaViolation, body: unknown, prefix: string): FieldError {
    if (path === '') {
      const message = `A record of "${qualifiedName(this.definition)}" must be a JSON object.`;
      return { path: prefix.slice(0, -1), code: 'invalid_type', message };
    }
    const name = path.split('.', 1)[0] ?? path;
    const field = this.fields.get(name);
    const code = CODES[keyword] ?? 'invalid_format';
    const entry = (entryCode: string, message: string) => ({ path: prefix + path, code: entryCode, message });

    if (code === 'unknown_field' && this.schema.readOnly.has(path)) {
      return entry(
        'read_only_field',
        `"${path}" is read-only: it shows which records point to this one. Change those.`,
      );
    }
    if (code === 'unknown_field') {
      return entry(code, `"${path}" is not a field of "${qualifiedName(this.definition)}".`);
    }
    if (field === undefined) return entry(code, `"${path}" must be ${this.primaryKey.key.expects}.`);
    const value = (body as Body)[name];
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (code === 'required' || (isEmpty && field.required)) return this.missing(name, prefix);
    if (code === 'not_a_choice') {
      const values = (params['allowedValues'] as readonly Json[]).filter((value) => value !== null);
      return entry(code, `"${name}" must be one of: ${values.join(', ')}.`);
    }
    return entry(code, `"${name}" must be ${this.types.get(field.type).expects(field)}.`);
  }
}

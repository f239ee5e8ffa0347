import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { FieldError } from '../errors/dynamo.error.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { InvalidRecordError } from '../errors/record.error.js';
import { choiceTest } from '../field-types/choice-values.js';
import { defaultFunction } from '../field-types/default-function.js';
import type { DefaultFunction, JsonSchema } from '../field-types/field-type.js';
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
  maxItems: 'too_long',
  minimum: 'out_of_range',
  maximum: 'out_of_range',
  enum: 'not_a_choice',
  additionalProperties: 'unknown_field',
  uniqueItems: 'duplicate_items',
};

const propertiesOf = (schema: JsonSchema) => schema['properties'] as { readonly [name: string]: JsonSchema };
const requiredOf = (schema: JsonSchema) => (schema['required'] ?? []) as readonly string[];

type Body = { readonly [name: string]: Json };

/** What happens to the record: decides what becomes of fields that the body leaves out. */
type Action = 'create' | 'replace' | 'patch';

const fieldNameOf = (path: string): string => path.split('.', 1)[0] ?? path;

/** Checks bodies against one version of a model; compiled once. */
export class RecordParser {
  private readonly fields: ReadonlyMap<string, FieldDefinition>;
  /** Field id → whether a value is one of its choices. */
  private readonly choiceTests: ReadonlyMap<string, (value: Json) => boolean>;
  private readonly primaryKey: PrimaryKey;
  private readonly validateCreate: Validate;
  private readonly validatePatch: Validate;

  constructor(
    private readonly definition: ModelDefinition,
    private readonly types: FieldTypeRegistry,
    private readonly schema: RecordSchema,
  ) {
    this.fields = new Map(definition.fields.map((field) => [field.name, field]));
    const chosen = definition.fields.filter(({ choices }) => choices.length > 0);
    this.choiceTests = new Map(chosen.map((field) => [field.id, choiceTest(types.get(field.type), field)]));
    this.primaryKey = primaryKeyOf(definition.primaryKey);
    this.validateCreate = objectValidator(propertiesOf(schema.create), requiredOf(schema.create));
    this.validatePatch = objectValidator(propertiesOf(schema.patch), requiredOf(schema.patch));
  }

  /** A new record: fields that are left out get their default. @throws InvalidRecordError */
  parseWhole(body: unknown): ParsedRecord {
    return this.orThrow(this.parse(body, 'create'));
  }

  /** Many new records; paths of errors begin with the position. @throws InvalidRecordError */
  parseMany(bodies: readonly unknown[]): readonly ParsedRecord[] {
    const results = bodies.map((body, position) => this.parse(body, 'create', `${position}.`));
    const [first, ...others] = results.flatMap(({ errors }) => errors);
    if (first !== undefined) throw new InvalidRecordError([first, ...others]);
    return results.map(({ record }) => record);
  }

  /** All values of a record that exists: as for a new one, but what was filled in at its creation stays. @throws InvalidRecordError */
  parseReplacement(body: unknown): ParsedRecord {
    return this.orThrow(this.parse(body, 'replace'));
  }

  /** Some values of a record. @throws InvalidRecordError */
  parsePatch(body: unknown): ParsedRecord {
    return this.orThrow(this.parse(body, 'patch'));
  }

  private orThrow({ record, errors: [first, ...others] }: { record: ParsedRecord; errors: readonly FieldError[] }) {
    if (first !== undefined) throw new InvalidRecordError([first, ...others]);
    return record;
  }

  private parse(body: unknown, action: Action, prefix = ''): { record: ParsedRecord; errors: readonly FieldError[] } {
    const columns = new Map<string, Parameter>();
    const relations = new Map<string, readonly RecordId[]>();
    const firsts = this.violations(body, action);
    const errors = [...firsts.values()].map((violation) => this.explain(violation, body, prefix));
    if (firsts.has('')) return { record: { id: undefined, columns, relations }, errors };

    const given = body as Body;
    const moments = new Map<DefaultFunction, Json>();
    const wrong = new Set([...firsts.keys()].map(fieldNameOf));
    for (const field of this.definition.fields.filter(({ name }) => !wrong.has(name))) {
      const value = Object.hasOwn(given, field.name) ? given[field.name] : this.fallback(field, action, moments);
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
          continue;
        }
        columns.set(field.id, value === null ? null : type.parse(value, field));
        if (value !== null && this.choiceTests.get(field.id)?.(value) === false) {
          const values = field.choices.map((choice) => choice.value).join(', ');
          const message = `"${field.name}" must be ${type.choosesMany ? 'a list of' : 'one of'}: ${values}.`;
          errors.push({ path: prefix + field.name, code: 'not_a_choice', message });
        }
      } catch (error) {
        if (!(error instanceof InvalidValueError)) throw error;
        errors.push({ path: prefix + field.name, code: error.code, message: `"${field.name}" ${error.message}.` });
      }
    }
    const id = given['id'] === undefined ? undefined : this.primaryKey.key.parse(given['id']);
    return { record: { id, columns, relations }, errors };
  }

  /** One for each value: a date that has neither the format nor the pattern is one mistake. */
  private violations(body: unknown, action: Action): ReadonlyMap<string, SchemaViolation> {
    const found = (action === 'patch' ? this.validatePatch : this.validateCreate)(body).filter(
      // Choices are compared by value, which a schema cannot do.
      ({ path, keyword }) => keyword !== 'enum' || !this.fields.get(fieldNameOf(path))?.choices.length,
    );
    const firsts = new Map([...found].reverse().map((violation) => [violation.path, violation]));
    return new Map([...firsts].reverse());
  }

  /** What becomes of a field that the body does not give; undefined leaves it as it is. */
  private fallback(field: FieldDefinition, action: Action, moments: Map<DefaultFunction, Json>): Json | undefined {
    const type = this.types.get(field.type);
    const automatic = type.automatic?.(field);
    const computed = defaultFunction(type, field);
    if (automatic !== undefined && computed !== undefined) {
      if (action !== 'create' && automatic !== 'save') return undefined;
      // One moment for a record: created and last saved are the same until somebody changes it.
      const moment = moments.get(computed) ?? computed.value();
      moments.set(computed, moment);
      return moment;
    }
    // The database counts, or has counted.
    if (action === 'patch' || type.identity) return undefined;
    // Defaults are filled in here, so that every record takes the same statement.
    return computed === undefined ? field.default : computed.value();
  }

  private missing(name: string, prefix: string): FieldError {
    const message = `"${name}" is required and must not be empty.`;
    return { path: prefix + name, code: 'required', message };
  }

  private explain({ path, keyword }: SchemaViolation, body: unknown, prefix: string): FieldError {
    if (path === '') {
      const message = `A record of "${qualifiedName(this.definition)}" must be a JSON object.`;
      return { path: prefix.slice(0, -1), code: 'invalid_type', message };
    }
    const name = fieldNameOf(path);
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
      // No input schema has it, so what the model knows is one that the server fills in.
      if (field !== undefined && name === path) {
        return entry('read_only_field', `"${name}" is filled in by the server. Leave it out.`);
      }
      return entry(code, `"${path}" is not a field of "${qualifiedName(this.definition)}".`);
    }
    if (field === undefined) return entry(code, `"${path}" must be ${this.primaryKey.key.expects}.`);
    const value = (body as Body)[name];
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    const { identity } = this.types.get(field.type);
    if (code === 'required' || (isEmpty && (field.required || identity))) return this.missing(name, prefix);
    return entry(code, `"${name}" must be ${this.types.get(field.type).expects(field)}.`);
  }
}

import type { Json } from '../definition/field-definition.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import type { FieldError } from '../errors/dynamo.error.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { InvalidRecordError } from '../errors/record.error.js';
import type { JsonSchema } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { type PrimaryKey, primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordId } from '../field-types/record-key.js';
import type { SchemaViolation } from '../field-types/json-schema.validator.js';
import { objectValidator, type Validate } from '../field-types/shared.validator.js';
import { ALL_FIELDS, type FieldRights, mayGive } from './access/field-rights.js';
import { type Action, isPartial } from './record-action.js';
import { FieldParser, type Moments } from './field-parser.js';
import { fieldNameOf, RecordMistakes } from './record-mistakes.js';
import type { RecordSchema } from './record-schema.js';
import { initially, type RelationChange } from './relation-change.js';
import type { RelationInput } from './relation-input.js';

/** Parameter of a statement. */
export type Parameter = string | number | boolean | null;

/** A body that passed every check, split by where its values go. */
export interface ParsedRecord {
  readonly id: RecordId | undefined;
  /** Field id → value of its column. */
  readonly columns: ReadonlyMap<string, Parameter>;
  /** Name of a relation without a column → its change. */
  readonly relations: ReadonlyMap<string, RelationChange>;
  /** What it was made of. */
  readonly action: Action;
  readonly body: Body;
}

const propertiesOf = (schema: JsonSchema) => schema['properties'] as { readonly [name: string]: JsonSchema };
const requiredOf = (schema: JsonSchema) => (schema['required'] ?? []) as readonly string[];

type Body = { readonly [name: string]: Json };
type Result = { readonly record: ParsedRecord; readonly errors: readonly FieldError[] };

const isBody = (body: unknown): body is Body => typeof body === 'object' && body !== null && !Array.isArray(body);

const NOTHING_WRONG: ReadonlyMap<string, SchemaViolation> = new Map();

const attempt = <T>(work: () => T): T | InvalidValueError => {
  try {
    return work();
  } catch (error) {
    if (error instanceof InvalidValueError) return error;
    throw error;
  }
};

const refusal = ({ code, message }: InvalidValueError, name: string, prefix: string): FieldError => ({
  path: prefix + name,
  code,
  message: `"${name}" ${message}.`,
});

/** Checks bodies against one version of a model; compiled once. */
export class RecordParser {
  private readonly fields: ReadonlyMap<string, FieldParser>;
  private readonly columns: readonly FieldParser[];
  private readonly primaryKey: PrimaryKey;
  private readonly mistakes: RecordMistakes;
  private readonly validators: Readonly<Record<Action, Validate>>;

  constructor(
    definition: ModelDefinition,
    types: FieldTypeRegistry,
    private readonly schema: RecordSchema,
    private readonly rights: FieldRights = ALL_FIELDS,
  ) {
    const fields = definition.fields.map((field) => new FieldParser(field, types.get(field.type)));
    this.fields = new Map(fields.map((field) => [field.name, field]));
    this.columns = fields.filter(({ hasColumn }) => hasColumn);
    this.primaryKey = primaryKeyOf(definition.primaryKey);
    this.mistakes = new RecordMistakes(definition, types, schema, rights);
    const relations = new Map([...schema.relations].map(([name, { validate }]) => [name, validate]));
    const validator = (action: Action, of: JsonSchema) => {
      const given = Object.entries(propertiesOf(of)).filter(([name]) => mayGive(rights, action, name));
      return objectValidator(Object.fromEntries(given), requiredOf(of), relations);
    };
    this.validators = {
      create: validator('create', schema.create),
      replace: validator('replace', schema.create),
      patch: validator('patch', schema.patch),
      upsert: validator('upsert', schema.upsert),
    };
  }

  /** A new record: fields that are left out get their default. @throws InvalidRecordError */
  parseWhole(body: unknown): ParsedRecord {
    return this.only(this.parse(body, 'create'));
  }

  /** Many new records; paths of errors begin with the position. @throws InvalidRecordError */
  parseMany(bodies: readonly unknown[]): readonly ParsedRecord[] {
    return this.all(bodies.map((body, position) => this.parse(body, 'create', `${position}.`)));
  }

  /** Bodies that stand at these places of a request. @throws InvalidRecordError */
  parseAt(
    action: Action,
    places: readonly { readonly body: unknown; readonly prefix: string }[],
  ): readonly ParsedRecord[] {
    return this.all(places.map(({ body, prefix }) => this.parse(body, action, prefix)));
  }

  /** All values of a record that exists: as for a new one, but what was filled in at its creation stays. @throws InvalidRecordError */
  parseReplacement(body: unknown): ParsedRecord {
    if (this.rights.mayReplace) return this.only(this.parse(body, 'replace'));
    // What the sender may not write stays as it is.
    return this.only(this.parse(isBody(body) ? { ...this.defaults(), ...body } : body, 'patch'));
  }

  /** Some values of a record. @throws InvalidRecordError */
  parsePatch(body: unknown): ParsedRecord {
    return this.only(this.parse(body, 'patch'));
  }

  /** The values of a record as a body of its own that says them all, so that they can be changed and parsed again. */
  valuesOf({ action, body }: ParsedRecord): { [name: string]: Json } {
    const values: { [name: string]: Json } = structuredClone(body);
    const moments: Moments = new Map();
    for (const field of this.fields.values()) {
      if (Object.hasOwn(values, field.name) || field.isAutomatic || this.schema.relations.has(field.name)) continue;
      const value = field.fallback(action, moments);
      if (value !== undefined) values[field.name] = value;
    }
    return values;
  }

  /** What became of {@link valuesOf}. @throws InvalidRecordError */
  parseAgain({ action }: ParsedRecord, values: Body): ParsedRecord {
    return this.only(this.parse(values, action));
  }

  /** The values of the fields that a replacement leaves out. */
  private defaults(): Body {
    const writable = [...this.fields.values()].filter(({ name }) => mayGive(this.rights, 'replace', name));
    return Object.fromEntries(
      writable.flatMap((field): (readonly [string, Json])[] => {
        if (this.schema.relations.has(field.name)) return [[field.name, []]];
        const value = field.isAutomatic ? undefined : field.fallback('replace', new Map());
        return value === undefined ? [] : [[field.name, value]];
      }),
    );
  }

  private only(result: Result): ParsedRecord {
    this.all([result]);
    return result.record;
  }

  private all(results: readonly Result[]): readonly ParsedRecord[] {
    const [first, ...others] = results.flatMap(({ errors }) => errors);
    if (first !== undefined) throw new InvalidRecordError([first, ...others]);
    return results.map(({ record }) => record);
  }

  private parse(body: unknown, action: Action, prefix = ''): Result {
    const firsts = this.violations(body, action);
    const errors = [...firsts.values()].map((violation) => this.mistakes.explain(violation, body, prefix));
    const [columns, relations] = [new Map<string, Parameter>(), new Map<string, RelationChange>()];
    if (firsts.has('')) return { record: { id: undefined, columns, relations, action, body: {} }, errors };

    const given = body as Body;
    const moments: Moments = new Map();
    const wrong = new Set([...firsts.keys()].map(fieldNameOf));
    for (const field of this.columns) {
      if (wrong.has(field.name)) continue;
      const value = Object.hasOwn(given, field.name) ? given[field.name] : field.fallback(action, moments);
      if (value === undefined) continue;
      const parsed = attempt(() => field.parse(value));
      if (value === null && field.isRequired) errors.push(this.mistakes.missing(field.name, prefix));
      else if (parsed instanceof InvalidValueError) errors.push(refusal(parsed, field.name, prefix));
      else if (value !== null && !field.isChoice(value)) errors.push(this.mistakes.notAChoice(field.field, prefix));
      else columns.set(field.id, parsed);
    }
    for (const input of this.schema.relations.values()) {
      if (wrong.has(input.name)) continue;
      const change = attempt(() => this.relation(input, given, action));
      if (change === undefined) continue;
      if (change instanceof InvalidValueError) {
        errors.push(refusal(change, input.name, prefix));
        continue;
      }
      const isEmpty = action === 'create' && initially(change).length === 0;
      if (isEmpty && this.fields.get(input.name)?.isRequired) errors.push(this.mistakes.missing(input.name, prefix));
      relations.set(input.name, change);
    }
    const id = given['id'] === undefined || wrong.has('id') ? undefined : this.primaryKey.key.parse(given['id']);
    return { record: { id, columns, relations, action, body: given }, errors };
  }

  /** What becomes of related records; undefined leaves them as they are. */
  private relation({ name, parse }: RelationInput, given: Body, action: Action): RelationChange | undefined {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    // Relations of this model are among its values, those of others are not.
    if (value === undefined) return !isPartial(action) && this.fields.has(name) ? { set: [] } : undefined;
    const change = parse(value);
    return action === 'create' ? { set: initially(change) } : change;
  }

  /** One for each value: a date that has neither the format nor the pattern is one mistake. */
  private violations(body: unknown, action: Action): ReadonlyMap<string, SchemaViolation> {
    const found = this.validators[action](body);
    if (found.length === 0) return NOTHING_WRONG;
    // Choices are compared by value, which a schema cannot do.
    const isChoice = ({ path, keyword }: SchemaViolation) =>
      keyword === 'enum' && (this.fields.get(fieldNameOf(path))?.field.choices.length ?? 0) > 0;
    const wrong = found.filter((violation) => !isChoice(violation));
    const firsts = new Map([...wrong].reverse().map((violation) => [violation.path, violation]));
    return new Map([...firsts].reverse());
  }
}

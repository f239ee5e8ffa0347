import type { FieldDefinition, Json } from '../definition/field-definition.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import type { FieldError } from '../errors/dynamo.error.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { InvalidRecordError } from '../errors/record.error.js';
import { choiceTest } from '../field-types/choice-values.js';
import { defaultFunction } from '../field-types/default-function.js';
import type { DefaultFunction, JsonSchema } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { type PrimaryKey, primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordId } from '../field-types/record-key.js';
import type { SchemaViolation } from '../field-types/json-schema.validator.js';
import { objectValidator, type Validate } from '../field-types/shared.validator.js';
import { fieldNameOf, RecordMistakes } from './record-mistakes.js';
import type { RecordSchema } from './record-schema.js';
import { initially, type RelationChange } from './relation-change.js';
import type { RelationInput } from './relation-input.js';

/** Parameter of a statement. */
export type Parameter = string | number | boolean | null;

/** What happens to the record: decides what becomes of fields that the body leaves out, and whether it may give an id. */
export type Action = 'create' | 'replace' | 'patch' | 'upsert';

/** Whether fields that the body leaves out stay as they are. An upsert changes a record first, and creates it if there is none. */
const isPartial = (action: Action): boolean => action === 'patch' || action === 'upsert';

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

/** Checks bodies against one version of a model; compiled once. */
export class RecordParser {
  private readonly fields: ReadonlyMap<string, FieldDefinition>;
  private readonly columnFields: readonly FieldDefinition[];
  /** Field id → whether a value is one of its choices. */
  private readonly choiceTests: ReadonlyMap<string, (value: Json) => boolean>;
  private readonly primaryKey: PrimaryKey;
  private readonly mistakes: RecordMistakes;
  private readonly validators: Readonly<Record<Action, Validate>>;

  constructor(
    private readonly definition: ModelDefinition,
    private readonly types: FieldTypeRegistry,
    private readonly schema: RecordSchema,
  ) {
    this.fields = new Map(definition.fields.map((field) => [field.name, field]));
    this.columnFields = definition.fields.filter((field) => types.get(field.type).sqlType(field) !== null);
    const chosen = definition.fields.filter(({ choices }) => choices.length > 0);
    this.choiceTests = new Map(chosen.map((field) => [field.id, choiceTest(types.get(field.type), field)]));
    this.primaryKey = primaryKeyOf(definition.primaryKey);
    this.mistakes = new RecordMistakes(definition, types, schema);
    const relations = new Map([...schema.relations].map(([name, { validate }]) => [name, validate]));
    const whole = objectValidator(propertiesOf(schema.create), requiredOf(schema.create), relations);
    this.validators = {
      create: whole,
      replace: whole,
      patch: objectValidator(propertiesOf(schema.patch), [], relations),
      upsert: objectValidator(propertiesOf(schema.upsert), [], relations),
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
    return this.only(this.parse(body, 'replace'));
  }

  /** Some values of a record. @throws InvalidRecordError */
  parsePatch(body: unknown): ParsedRecord {
    return this.only(this.parse(body, 'patch'));
  }

  /** The values of a record as a body of its own that says them all, so that they can be changed and parsed again. */
  valuesOf({ action, body }: ParsedRecord): { [name: string]: Json } {
    const values: { [name: string]: Json } = structuredClone(body);
    const moments = new Map<DefaultFunction, Json>();
    for (const field of this.definition.fields) {
      const type = this.types.get(field.type);
      if (Object.hasOwn(values, field.name) || type.automatic?.(field) !== undefined) continue;
      const value = this.schema.relations.has(field.name) ? undefined : this.fallback(field, action, moments);
      if (value !== undefined) values[field.name] = value;
    }
    return values;
  }

  /** What became of {@link valuesOf}. @throws InvalidRecordError */
  parseAgain({ action }: ParsedRecord, values: Body): ParsedRecord {
    return this.only(this.parse(values, action));
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
    const columns = new Map<string, Parameter>();
    const relations = new Map<string, RelationChange>();
    const firsts = this.violations(body, action);
    const errors = [...firsts.values()].map((violation) => this.mistakes.explain(violation, body, prefix));
    if (firsts.has('')) return { record: { id: undefined, columns, relations, action, body: {} }, errors };

    const given = body as Body;
    const attempt = (name: string, work: () => void): void => {
      try {
        work();
      } catch (error) {
        if (!(error instanceof InvalidValueError)) throw error;
        errors.push({ path: prefix + name, code: error.code, message: `"${name}" ${error.message}.` });
      }
    };
    const moments = new Map<DefaultFunction, Json>();
    const wrong = new Set([...firsts.keys()].map(fieldNameOf));
    for (const field of this.columnFields.filter(({ name }) => !wrong.has(name))) {
      const value = Object.hasOwn(given, field.name) ? given[field.name] : this.fallback(field, action, moments);
      if (value === undefined) continue;
      if (value === null && field.required) {
        errors.push(this.mistakes.missing(field.name, prefix));
        continue;
      }
      attempt(field.name, () => {
        columns.set(field.id, value === null ? null : this.types.get(field.type).parse(value, field));
        if (value === null || this.choiceTests.get(field.id)?.(value) !== false) return;
        errors.push(this.mistakes.notAChoice(field, prefix));
      });
    }
    for (const input of this.schema.relations.values()) {
      if (wrong.has(input.name)) continue;
      attempt(input.name, () => {
        const change = this.relation(input, given, action);
        if (change === undefined) return;
        const isEmpty = action === 'create' && initially(change).length === 0;
        if (isEmpty && this.fields.get(input.name)?.required) errors.push(this.mistakes.missing(input.name, prefix));
        relations.set(input.name, change);
      });
    }
    const id = given['id'] === undefined ? undefined : this.primaryKey.key.parse(given['id']);
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
    const found = this.validators[action](body).filter(
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
    if (isPartial(action) || type.identity) return undefined;
    // Defaults are filled in here, so that every record takes the same statement.
    return computed === undefined ? field.default : computed.value();
  }
}

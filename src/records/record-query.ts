import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { FieldError } from '../errors/dynamo.error.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import { InvalidQueryError } from '../errors/record.error.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { keyOf } from '../field-types/record-key.js';
import { sharedValidator } from '../field-types/shared.validator.js';
import type { Parameter } from './record-parser.js';

export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 1000;
/** Beyond this PostgreSQL would count rows for minutes. */
const MAX_PAGE = 1_000_000;

export interface Sort {
  /** Null for the id. */
  readonly field: FieldDefinition | null;
  readonly name: string;
  readonly direction: 'ASC' | 'DESC';
}
export interface Condition {
  readonly field: FieldDefinition | null;
  readonly name: string;
  /** Null selects records without a value. */
  readonly value: Parameter;
}

/** What a list was asked for, every name resolved against the definition. */
export interface RecordQuery {
  readonly page: number;
  readonly limit: number;
  readonly sortBy: readonly Sort[];
  readonly conditions: readonly Condition[];
}

type Values = readonly string[];

/** Text of a query string → {@link RecordQuery}. Everything unknown is an error, so a misspelt filter never lists all. */
export class RecordQueryParser {
  private readonly fields: ReadonlyMap<string, FieldDefinition>;

  constructor(
    private readonly definition: ModelDefinition,
    private readonly types: FieldTypeRegistry,
  ) {
    this.fields = new Map(definition.fields.map((field) => [field.name, field]));
  }

  /** @throws InvalidQueryError listing everything that is wrong */
  parse(query: Readonly<Record<string, unknown>>): RecordQuery {
    const errors: FieldError[] = [];
    const attempt = <T>(work: () => T, fallback: T): T => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof InvalidQueryError)) throw error;
        errors.push(...error.errors);
        return fallback;
      }
    };
    let [page, limit] = [1, DEFAULT_LIMIT];
    const sortBy: Sort[] = [];
    const conditions: Condition[] = [];
    for (const [key, raw] of Object.entries(query)) {
      const values: Values = (Array.isArray(raw) ? raw : [raw]).map(String);
      attempt(() => {
        if (key === 'page') page = this.wholeNumber(key, values, MAX_PAGE);
        else if (key === 'limit') limit = this.wholeNumber(key, values, MAX_LIMIT);
        else if (key === 'sortBy')
          sortBy.push(...values.flatMap((value) => value.split(',')).map((item) => this.sort(item)));
        else if (key.startsWith('filter.')) conditions.push(...values.map((value) => this.condition(key, value)));
        else
          throw this.error(
            key,
            'unknown_parameter',
            `There is no parameter "${key}". Use page, limit, sortBy or filter.<field>.`,
          );
      }, undefined);
    }
    const [first, ...others] = errors;
    if (first !== undefined) throw new InvalidQueryError([first, ...others]);
    return { page, limit, sortBy, conditions };
  }

  private error(path: string, code: string, message: string): InvalidQueryError {
    return new InvalidQueryError([{ path, code, message }]);
  }

  private wholeNumber(key: string, values: Values, maximum: number): number {
    const text = values.length === 1 ? (values[0] ?? '') : '';
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (number >= 1 && number <= maximum) return number;
    throw this.error(key, 'invalid_value', `"${key}" must be a whole number between 1 and ${maximum}.`);
  }

  /** The field called `name`, or null for the id. */
  private field(path: string, name: string): FieldDefinition | null {
    if (name === 'id') return null;
    const field = this.fields.get(name);
    if (field !== undefined) return field;
    throw this.error(path, 'unknown_field', `"${qualifiedName(this.definition)}" has no field "${name}".`);
  }

  private sort(item: string): Sort {
    const [name = '', direction = 'ASC'] = item.split(':', 2);
    const field = this.field('sortBy', name);
    if (field !== null && this.types.get(field.type).sqlType(field) === null) {
      throw this.error('sortBy', 'invalid_value', `Records cannot be sorted by "${name}", which holds many values.`);
    }
    const upper = direction.toUpperCase();
    if ((upper !== 'ASC' && upper !== 'DESC') || item.split(':').length > 2) {
      throw this.error(
        'sortBy',
        'invalid_value',
        `"sortBy" must be a field with a direction, such as ${name}:ASC or ${name}:DESC.`,
      );
    }
    return { field, name, direction: upper };
  }

  private condition(key: string, text: string): Condition {
    const name = key.slice('filter.'.length);
    const field = this.field(key, name);
    if (text === '$null') return { field, name, value: null };
    const [, operator, operand = text] = /^(\$[a-z]+):(.*)$/s.exec(text) ?? [];
    if (operator !== undefined && operator !== '$eq') {
      throw this.error(key, 'unknown_operator', `There is no operator "${operator}". Use $eq or $null.`);
    }
    return { field, name, value: this.value(key, name, field, operand) };
  }

  private value(key: string, name: string, field: FieldDefinition | null, text: string): Parameter {
    if (field === null) {
      const { fromText, expects } = primaryKeyOf(this.definition.primaryKey).key;
      const id = fromText(text);
      if (id !== undefined) return id;
      throw this.error(key, 'invalid_value', `"id" must be ${expects}.`);
    }
    const type = this.types.get(field.type);
    const invalid = (problem: string) => this.error(key, 'invalid_value', `"${name}" ${problem}.`);
    const isToMany = type.relation?.(field).kind === 'to_many';
    const related = keyOf(field.relatedKey);
    const value: Json = isToMany ? (related.fromText(text) ?? text) : (type.fromText?.(text, field) ?? text);
    if (sharedValidator(type.jsonSchema(field))(isToMany ? [value] : value).length > 0) {
      throw invalid(`must be ${isToMany ? 'the id of a related record' : type.expects(field)}`);
    }
    try {
      return isToMany ? related.parse(value) : type.parse(value, field);
    } catch (error) {
      throw error instanceof InvalidValueError ? invalid(error.message) : error;
    }
  }
}

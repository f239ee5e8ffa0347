import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { FieldError } from '../errors/dynamo.error.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import type { SchemaViolation } from '../field-types/json-schema.validator.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { FieldRights } from './access/field-rights.js';
import type { RecordSchema } from './record-schema.js';

const CODES: Readonly<Record<string, string>> = {
  required: 'required',
  minLength: 'too_short',
  minItems: 'too_short',
  minProperties: 'too_short',
  type: 'invalid_type',
  maxLength: 'too_long',
  maxItems: 'too_long',
  minimum: 'out_of_range',
  maximum: 'out_of_range',
  enum: 'not_a_choice',
  additionalProperties: 'unknown_field',
  uniqueItems: 'duplicate_items',
};

/** `tracks` of `tracks.0`. */
export const fieldNameOf = (path: string): string => path.split('.', 1)[0] ?? path;

/** What is wrong with a body, in the words of the model. */
export class RecordMistakes {
  private readonly fields: ReadonlyMap<string, FieldDefinition>;

  constructor(
    private readonly definition: ModelDefinition,
    private readonly types: FieldTypeRegistry,
    private readonly schema: RecordSchema,
    private readonly rights: FieldRights,
  ) {
    this.fields = new Map(definition.fields.map((field) => [field.name, field]));
  }

  missing(name: string, prefix: string): FieldError {
    const message = `"${name}" is required and must not be empty.`;
    return { path: prefix + name, code: 'required', message };
  }

  notAChoice(field: FieldDefinition, prefix: string): FieldError {
    const values = field.choices.map((choice) => choice.value).join(', ');
    const { choosesMany } = this.types.get(field.type);
    const message = `"${field.name}" must be ${choosesMany ? 'a list of' : 'one of'}: ${values}.`;
    return { path: prefix + field.name, code: 'not_a_choice', message };
  }

  /** @param prefix of paths; the position in a list of records, with a dot */
  explain({ path, keyword }: SchemaViolation, body: unknown, prefix: string): FieldError {
    if (path === '') {
      const message = `A record of "${qualifiedName(this.definition)}" must be a JSON object.`;
      return { path: prefix.slice(0, -1), code: 'invalid_type', message };
    }
    const name = fieldNameOf(path);
    const field = this.fields.get(name);
    const relation = this.schema.relations.get(name);
    const code = CODES[keyword] ?? 'invalid_format';
    const entry = (entryCode: string, message: string) => ({ path: prefix + path, code: entryCode, message });

    const isWithinRelation = relation !== undefined && path !== name;
    if (code === 'unknown_field' && !isWithinRelation) {
      const isKnown = this.rights.maySee(name) && path === name && (field ?? relation) !== undefined;
      if (!isKnown) return entry(code, `"${path}" is not a field of "${qualifiedName(this.definition)}".`);
      const isAutomatic = field && this.types.get(field.type).automatic?.(field) !== undefined;
      const reason = isAutomatic ? 'is filled in by the server' : 'is not yours to write';
      return entry('read_only_field', `"${name}" ${reason}. Leave it out.`);
    }
    const value = (body as { readonly [name: string]: Json })[name];
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    const isNeeded = field !== undefined && (field.required || this.types.get(field.type).identity === true);
    if ((code === 'required' && !isWithinRelation) || (isEmpty && isNeeded)) return this.missing(name, prefix);
    if (relation !== undefined) {
      // Words that no change has are no fields.
      return entry(code === 'unknown_field' ? 'invalid_type' : code, `"${name}" must be ${relation.expects}.`);
    }
    const expects = field && this.types.get(field.type).expects(field);
    return entry(code, `"${name}" must be ${expects ?? primaryKeyOf(this.definition.primaryKey).key.expects}.`);
  }
}

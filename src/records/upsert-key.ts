import type { FieldDefinition } from '../definition/field-definition.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { InvalidQueryError } from '../errors/record.error.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { ALL_FIELDS, type FieldRights } from './access/field-rights.js';
import type { ParsedRecord, Parameter } from './record-parser.js';
import type { RecordStatements } from './record-statements.js';

interface KeyColumn {
  readonly name: string;
  /** Quoted. */
  readonly column: string;
  readonly arrayType: string;
  valueIn(record: ParsedRecord): Parameter | undefined;
}

/** Values by which at most one record is found. */
export interface UpsertKey {
  readonly columns: readonly [KeyColumn, ...KeyColumn[]];
}

/** Names of the fields, in their order, by each of which at most one record is found. */
export const uniqueKeys = (definition: ModelDefinition, types: FieldTypeRegistry): readonly (readonly string[])[] => {
  const given = definition.fields.filter((field) => types.get(field.type).automatic?.(field) === undefined);
  const unique = given.filter((field) => field.unique || types.get(field.type).alwaysUnique === true);
  const groups = definition.uniqueTogether
    .map(({ fields }) => given.filter(({ id }) => fields.includes(id)).map(({ name }) => name))
    .filter((names, position) => names.length === definition.uniqueTogether[position]?.fields.length);
  return [['id'], ...unique.map(({ name }) => [name]), ...groups];
};

/** Reads from `on` by which values records are the same: the id, a unique field, or fields that are unique together. */
export class UpsertKeys {
  private readonly columns: ReadonlyMap<string, KeyColumn>;
  /** Names of the fields of each key, in alphabetical order → in that of the model. */
  private readonly keys: ReadonlyMap<string, string>;

  constructor(
    private readonly definition: ModelDefinition,
    types: FieldTypeRegistry,
    statements: RecordStatements,
    private readonly rights: FieldRights = ALL_FIELDS,
  ) {
    const isGiven = (field: FieldDefinition) =>
      rights.maySee(field.name) && types.get(field.type).automatic?.(field) === undefined;
    const id: KeyColumn = {
      name: 'id',
      column: 'id',
      arrayType: `${statements.primaryKey.key.sqlType}[]`,
      valueIn: (record) => record.id,
    };
    const fields = statements.columns
      .filter(({ field }) => isGiven(field))
      .map(({ field, name, arrayType }): KeyColumn => {
        return { name: field.name, column: name, arrayType, valueIn: ({ columns }) => columns.get(field.id) };
      });
    this.columns = new Map([id, ...fields].map((column) => [column.name, column]));
    const keys = uniqueKeys(definition, types).filter((names) => names.every((name) => this.columns.has(name)));
    this.keys = new Map(keys.map((names) => [this.keyOf(names), names.join(',')]));
  }

  /** @throws InvalidQueryError */
  parse(query: Readonly<Record<string, unknown>>): UpsertKey {
    const strangers = Object.keys(query).filter((key) => key !== 'on');
    const [stranger, ...others] = strangers.map((path) => {
      const message = `There is no parameter "${path}" here. Use on.`;
      return { path, code: 'unknown_parameter', message };
    });
    if (stranger !== undefined) throw new InvalidQueryError([stranger, ...others]);
    const on = query['on'];
    if (typeof on !== 'string' || on === '') {
      throw this.error('invalid_value', '"on" must name the unique field by which records are found, such as on=id.');
    }
    const names = on.split(',');
    const unknown = names.find((name) => !this.columns.has(name));
    if (unknown !== undefined) {
      const isField = this.definition.fields.some(({ name }) => name === unknown && this.rights.maySee(name));
      throw isField ? this.notUnique(on) : this.unknown(unknown);
    }
    const [first, ...rest] = names.flatMap((name) => this.columns.get(name) ?? []);
    if (first === undefined || !this.keys.has(this.keyOf(names))) throw this.notUnique(on);
    return { columns: [first, ...rest] };
  }

  private keyOf(names: readonly string[]): string {
    return [...names].sort().join(',');
  }

  private unknown(name: string): InvalidQueryError {
    return this.error('unknown_field', `"${qualifiedName(this.definition)}" has no field "${name}".`);
  }

  private notUnique(on: string): InvalidQueryError {
    const known = [...this.keys.values()].join('; ');
    return this.error('invalid_value', `Several records may have the same ${on}. Use one of: ${known}.`);
  }

  private error(code: string, message: string): InvalidQueryError {
    return new InvalidQueryError([{ path: 'on', code, message }]);
  }
}

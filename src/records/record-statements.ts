import type { FieldDefinition } from '../definition/field-definition.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { quote } from '../definition/sql.js';
import { type Statement, statement } from '../database/statement-runner.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { type PrimaryKey, primaryKeyOf } from '../field-types/primary-key.js';
import { advanceSequence, IdentityColumns, sequenceOf } from './identity-columns.js';
import { PreparedTexts } from './query/prepared-texts.js';
import type { RecordModel } from './query/record-model.js';
import { selectList } from './query/select-sql.js';
import { Source, StatementDraft } from './query/source.js';
import type { VersionGuard } from './version-guard.js';

/** A field that has a column. */
export interface Column {
  readonly field: FieldDefinition;
  readonly name: string;
  /** Type of an array of its values. Without length, because a cast to a length cuts values off silently. */
  readonly arrayType: string;
  /** What is written for a value; an identity column must count where there is none. */
  written(value: string): string;
}
/**
 * The SQL of one version of a model, written once. Only what is sent most is prepared under a name: a connection keeps
 * every prepared statement for as long as it lives. PostgreSQL builds the JSON, so that numbers keep every digit and the
 * server only passes text on.
 */
export class RecordStatements {
  readonly primaryKey: PrimaryKey;
  readonly columns: readonly Column[];
  readonly identities: IdentityColumns;
  readonly retrieve: Statement;
  /** A row for each record whose id is in the list. */
  readonly retrieveEach: Statement;
  readonly retrieveMany: string;
  readonly lock: string;
  readonly destroy: Statement;
  /** Records show who of their own model points to them: what a statement writes it does not itself see there. */
  readonly showsItself: boolean;
  /** One record, one parameter per column, before them the id where none is counted up; gives its JSON. */
  readonly insertOne: Statement;
  /** Many records, one array of values per column as in {@link insertText}; gives the array of their JSON and their number. */
  readonly insertMany: Statement;
  readonly insert: string;
  readonly insertWithId: string;
  /** Nobody else adds records meanwhile. */
  readonly lockTable: string;
  readonly advanceId: string;
  /** Quoted, with its schema. */
  readonly table: string;
  private readonly selectList: string;
  /** Programs change the same fields again and again. */
  private readonly updates: PreparedTexts;

  constructor(
    definition: ModelDefinition,
    types: FieldTypeRegistry,
    model: RecordModel,
    readonly guard: VersionGuard,
  ) {
    this.primaryKey = primaryKeyOf(definition.primaryKey);
    this.showsItself = model.showsItself;
    const { sqlType } = this.primaryKey.key;
    const { version } = model;
    this.table = model.table;
    this.columns = definition.fields.flatMap((field): Column[] => {
      const type = types.get(field.type);
      const sqlType = type.sqlType(field);
      if (sqlType === null) return [];
      const arrayType = `${sqlType.replace(/\(.*?\)/, '')}[]`;
      const counted = `nextval(${sequenceOf(this.table, field.physicalName)})::${sqlType}`;
      const written = (value: string) => (type.identity ? `coalesce(${value}::${sqlType}, ${counted})` : value);
      return [{ field, name: quote(field.physicalName), arrayType, written }];
    });
    const counting = definition.fields.filter((field) => types.get(field.type).identity);
    this.identities = new IdentityColumns(counting, this.table);
    this.updates = new PreparedTexts(version);
    this.selectList = selectList(new Source(model, new StatementDraft(), 't'));

    const one = `SELECT row_to_json(r)::text AS json FROM (SELECT ${this.selectList} FROM ${this.table} t WHERE t.id = $1) r`;
    this.retrieve = statement(one, version);
    this.retrieveEach = statement(
      `SELECT ${this.primaryKey.returned('t.id')} AS id, (SELECT row_to_json(r) FROM (SELECT ${this.selectList}) r)::text AS json ` +
        `FROM ${this.table} t WHERE t.id = ANY($1::${sqlType}[])`,
      version,
    );
    this.retrieveMany =
      `SELECT coalesce(json_agg(r ORDER BY wanted.position), '[]')::text AS json ` +
      `FROM unnest($1::${sqlType}[]) WITH ORDINALITY AS wanted(id, position) ` +
      `JOIN (SELECT ${this.selectList} FROM ${this.table} t WHERE t.id = ANY($1::${sqlType}[])) r ON r.id = wanted.id`;
    this.lock = `SELECT t.id FROM ${this.table} t WHERE t.id = $1 FOR UPDATE`;
    this.destroy = statement(`DELETE FROM ${this.table} t WHERE t.id = $1 RETURNING t.id`, version);
    this.insertOne = statement(this.insertOneText(), version);
    this.insertMany = statement(this.insertManyText(), version);
    this.insert = this.insertText(false);
    this.insertWithId = this.insertText(true);
    // Ids that were given must never come again from the sequence.
    this.lockTable = `LOCK TABLE ${this.table} IN SHARE ROW EXCLUSIVE MODE`;
    this.advanceId = advanceSequence(sequenceOf(this.table, 'id'));
  }

  private insertOneText(): string {
    const own = this.primaryKey.identity ? [] : [{ name: 'id', written: (value: string) => value }];
    const targets = [...own, ...this.columns];
    const names = targets.map(({ name }) => name);
    const values = targets.map(({ written }, position) => written(`$${position + 1}`));
    const row = names.length === 0 ? 'SELECT' : `(${names.join(', ')}) SELECT ${values.join(', ')}`;
    return this.written(`INSERT INTO ${this.table} ${row} WHERE ${this.guard.condition}`);
  }

  private insertManyText(): string {
    const written = this.writing(this.insertInto(!this.primaryKey.identity));
    return `${written} SELECT coalesce(json_agg(r), '[]')::text AS json, count(*)::integer AS count FROM (SELECT ${this.selectList} FROM t) r`;
  }

  /** The JSON of the record that a command writes. */
  private written(command: string): string {
    return `${this.writing(command)} SELECT row_to_json(r)::text AS json FROM (SELECT ${this.selectList} FROM t) r`;
  }

  /** What a command writes, as the table `t` of a statement to follow. */
  private writing(command: string): string {
    const columns = ['id', ...this.columns.map(({ name }) => name)];
    return `WITH t AS (${command} RETURNING ${columns.join(', ')})`;
  }

  /**
   * One parameter per column: the array of its values, one for each new record. Gives their ids.
   *
   * @param onConflict clause that lets some of them go
   */
  insertText(withId: boolean, onConflict = ''): string {
    return `${this.insertInto(withId)} ${onConflict} RETURNING ${this.primaryKey.returned('id')} AS id`;
  }

  private insertInto(withId: boolean): string {
    const targets = [...(withId ? ['id'] : []), ...this.columns.map(({ name }) => name)];
    const arrays = [
      ...(withId ? [`${this.primaryKey.key.sqlType}[]`] : []),
      ...this.columns.map(({ arrayType }) => arrayType),
    ];
    if (targets.length === 0) {
      return `INSERT INTO ${this.table} SELECT FROM generate_series(1, $1::integer) WHERE ${this.guard.condition}`;
    }
    const parameters = arrays.map((type, position) => `$${position + 1}::${type}`);
    const names = arrays.map((_, position) => `v${position}`);
    const values = [
      ...(withId ? ['v0'] : []),
      ...this.columns.map(({ written }, position) => written(`v${position + (withId ? 1 : 0)}`)),
    ];
    return (
      `INSERT INTO ${this.table} (${targets.join(', ')}) SELECT ${values.join(', ')} ` +
      `FROM unnest(${parameters.join(', ')}) AS v(${names.join(', ')}) WHERE ${this.guard.condition}`
    );
  }

  /** Sets these columns of the record whose id is the first parameter, and gives its JSON. */
  update(columns: readonly Column[]): Statement | string {
    const names = columns.map(({ name }) => name);
    return this.updates.statement(names.join(), () => {
      const assignments = names.map((name, position) => `${name} = $${position + 2}`);
      return this.written(
        `UPDATE ${this.table} SET ${assignments.join(', ')} WHERE id = $1 AND ${this.guard.condition}`,
      );
    });
  }

  /** Sets these columns of many records: the array of their ids, then an array for each column; gives the ids it found. */
  updateMany(columns: readonly Column[]): string {
    const { key, returned } = this.primaryKey;
    const types = [`${key.sqlType}[]`, ...columns.map(({ arrayType }) => arrayType)];
    const arrays = types.map((type, position) => `$${position + 1}::${type}`);
    const names = types.map((_, position) => `v${position}`);
    const assignments = columns.map(({ name }, position) => `${name} = v.v${position + 1}`);
    return (
      `UPDATE ${this.table} t SET ${assignments.join(', ')} FROM unnest(${arrays.join(', ')}) AS v(${names.join(', ')}) ` +
      `WHERE t.id = v.v0 AND ${this.guard.condition} RETURNING ${returned('t.id')} AS id`
    );
  }
}

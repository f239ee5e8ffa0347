import type { DataSource } from 'typeorm';
import { StatementRunner } from '../database/statement-runner.js';
import { isAboutValuesOrNames } from '../database/postgres-error.js';
import { SchemaChangedError } from '../errors/record.error.js';
import { RecordNotFoundError } from '../errors/not-found.error.js';
import type { RecordId } from '../field-types/record-key.js';
import { type ConstraintFields, translateRecordError } from './record-errors.js';
import type { ParsedRecord, RecordParser } from './record-parser.js';
import type { JsonText } from './query/list-answer.js';
import type { RecordStatements } from './record-statements.js';

/** Reads and writes the records of one version of one model. */
export class RecordService {
  private readonly pool: StatementRunner;

  constructor(
    private readonly model: string,
    private readonly dataSource: DataSource,
    private readonly statements: RecordStatements,
    private readonly parser: RecordParser,
    private readonly constraints: ConstraintFields,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
  }

  /** @throws RecordNotFoundError */
  async retrieve(id: RecordId): Promise<JsonText> {
    return this.translated('read', () => this.read(this.pool, id));
  }

  /** @throws InvalidRecordError, UniqueViolationError, RelatedRecordNotFoundError */
  async create(body: unknown): Promise<JsonText> {
    const record = this.parser.parseWhole(body);
    return this.translated('write', () => {
      if (this.isSimple(record)) return this.insertOne(record);
      return StatementRunner.inTransaction(this.dataSource, async (runner) => {
        const [id = ''] = await this.insert(runner, [this.identified(record)]);
        return this.read(runner, id);
      });
    });
  }

  /** All or nothing; the answer is in the order of `bodies`. */
  async createMany(bodies: readonly unknown[]): Promise<JsonText> {
    const records = this.parser.parseMany(bodies).map((record) => this.identified(record));
    if (records.length === 0) return '[]';
    return this.translated('write', () =>
      StatementRunner.inTransaction(this.dataSource, async (runner) => {
        // Ids that are given and ids that are not take different statements.
        const ids: RecordId[] = [];
        const groups = [records.filter(({ id }) => id !== undefined), records.filter(({ id }) => id === undefined)];
        const created = new Map<ParsedRecord, RecordId>();
        for (const group of groups) {
          const groupIds = await this.insert(runner, group);
          group.forEach((record, position) => created.set(record, groupIds[position] ?? ''));
        }
        for (const record of records) ids.push(created.get(record) ?? '');
        const [row] = await runner.rows<{ json: JsonText }>(this.statements.retrieveMany, [ids]);
        return row?.json ?? '[]';
      }),
    );
  }

  /** Changes the values that `body` gives. @throws RecordNotFoundError, InvalidRecordError */
  async update(id: RecordId, body: unknown): Promise<JsonText> {
    return this.save(id, this.parser.parsePatch(body));
  }

  /** Changes every value; what `body` leaves out becomes its default or empty. @throws RecordNotFoundError, InvalidRecordError */
  async replace(id: RecordId, body: unknown): Promise<JsonText> {
    const { columns, relations } = this.parser.parseReplacement(body);
    return this.save(id, { id: undefined, columns, relations });
  }

  /** @throws RecordNotFoundError, RecordInUseError */
  async destroy(id: RecordId): Promise<void> {
    const deleted = await this.translated('destroy', () => this.pool.rows(this.statements.destroy, [id]));
    if (deleted.length === 0) throw new RecordNotFoundError(this.model, String(id));
  }

  private async save(id: RecordId, record: ParsedRecord): Promise<JsonText> {
    const { identities, lockTable, lock, showsItself } = this.statements;
    const counts = identities.areGivenIn(record);
    return this.translated('write', () =>
      record.relations.size === 0 && !counts && !showsItself
        ? this.setColumns(this.pool, id, record)
        : StatementRunner.inTransaction(this.dataSource, async (runner) => {
            if (counts) await runner.rows(lockTable);
            await runner.rows(lock, [id]);
            await identities.advance(runner, [record]);
            await this.setColumns(runner, id, record);
            await this.relate(runner, id, record);
            return this.read(runner, id);
          }),
    );
  }

  /** One statement, so that the answer is what was written. @throws RecordNotFoundError */
  private async setColumns(runner: StatementRunner, id: RecordId, record: ParsedRecord): Promise<JsonText> {
    const columns = this.statements.columns.filter(({ field }) => record.columns.has(field.id));
    if (columns.length === 0) return this.read(runner, id);
    const values = columns.map(({ field }) => record.columns.get(field.id));
    const [row] = await runner.rows<{ json: JsonText }>(this.statements.update(columns), [id, ...values]);
    if (row !== undefined) return row.json;
    await this.requireCurrent(runner);
    throw new RecordNotFoundError(this.model, String(id));
  }

  /** @returns the ids in the order of `records`, which all give an id or all give none */
  private async insert(runner: StatementRunner, records: readonly ParsedRecord[]): Promise<readonly RecordId[]> {
    const [first] = records;
    if (first === undefined) return [];
    const { columns, identities, insert, insertWithId, lockTable, advanceId, primaryKey } = this.statements;
    const given = records.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const isAhead = given.length > 0 && primaryKey.identity;
    const arrays = columns.map(({ field }) => records.map((record) => record.columns.get(field.id) ?? null));
    const values = given.length > 0 ? [given, ...arrays] : arrays;
    const query = given.length > 0 ? insertWithId : insert;
    if (isAhead || records.some((record) => identities.areGivenIn(record))) await runner.rows(lockTable);
    await identities.advance(runner, records);
    const rows = await runner.rows<{ id: RecordId }>(query, values.length === 0 ? [records.length] : values);
    if (isAhead) await runner.rows(advanceId, [given.reduce((last, id) => (id > last ? id : last))]);
    if (rows.length < records.length) throw new SchemaChangedError(this.model);
    const ids = rows.map(({ id }) => id);
    for (const [position, record] of records.entries()) await this.relate(runner, ids[position] ?? '', record);
    return ids;
  }

  /** Makes the related records exactly those that `record` names, for each relation that it names. */
  private async relate(runner: StatementRunner, id: RecordId, record: ParsedRecord): Promise<void> {
    for (const join of this.statements.joins) {
      const targets = record.relations.get(join.field.id);
      if (targets === undefined) continue;
      await runner.rows(this.statements.clearRelations(join), [id, targets]);
      await runner.rows(this.statements.addRelations(join), [id, targets]);
    }
    if (record.relations.size > 0) await this.requireCurrent(runner);
  }

  private async read(runner: StatementRunner, id: RecordId): Promise<JsonText> {
    const [row] = await runner.rows<{ json: JsonText }>(this.statements.retrieve, [id]);
    if (row === undefined) throw new RecordNotFoundError(this.model, String(id));
    return row.json;
  }

  /** Whether one INSERT is enough: no value that a sequence must know of, no id that is pointed to, no related records. */
  private isSimple(record: ParsedRecord): boolean {
    const { primaryKey, showsItself, identities } = this.statements;
    const isPlain = record.id === undefined || !(primaryKey.identity || showsItself);
    return isPlain && !identities.areGivenIn(record) && [...record.relations.values()].every((ids) => ids.length === 0);
  }

  /** With an id, where the database counts none up. */
  private identified(record: ParsedRecord): ParsedRecord {
    return { ...record, id: record.id ?? this.statements.primaryKey.newId?.() };
  }

  private async insertOne(record: ParsedRecord): Promise<JsonText> {
    const { columns, insertOne, primaryKey } = this.statements;
    const id = record.id ?? primaryKey.newId?.();
    const own = columns.map(({ field }) => record.columns.get(field.id) ?? null);
    const [row] = await this.pool.rows<{ json: JsonText }>(insertOne, id === undefined ? own : [id, ...own]);
    if (row === undefined) throw new SchemaChangedError(this.model);
    return row.json;
  }

  /** @throws SchemaChangedError when the model is no longer what the statements were written for */
  private async requireCurrent(runner: StatementRunner, options?: ErrorOptions): Promise<void> {
    if (!(await this.statements.guard.holds(runner))) throw new SchemaChangedError(this.model, options);
  }

  private async translated<T>(action: 'read' | 'write' | 'destroy', work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // What a statement says about a table that has changed since is not what is wrong with the request.
      if (isAboutValuesOrNames(error)) await this.requireCurrent(this.pool, { cause: error });
      throw translateRecordError(error, this.model, action, this.constraints);
    }
  }
}

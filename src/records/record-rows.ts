import type { StatementRunner } from '../database/statement-runner.js';
import { RecordNotFoundError } from '../errors/not-found.error.js';
import { SchemaChangedError } from '../errors/record.error.js';
import type { RecordId } from '../field-types/record-key.js';
import { groupBy } from './group-by.js';
import type { JsonText } from './query/list-answer.js';
import type { ParsedRecord } from './record-parser.js';
import type { RecordStatements } from './record-statements.js';

const idsOf = (rows: readonly { readonly id: RecordId }[]): readonly RecordId[] => rows.map(({ id }) => id);

/** The rows of one model's table, by the connection that the caller brings. Related records are not its business. */
export class RecordRows {
  constructor(
    private readonly model: string,
    private readonly statements: RecordStatements,
  ) {}

  /** @throws RecordNotFoundError */
  async read(runner: StatementRunner, id: RecordId): Promise<JsonText> {
    const [row] = await runner.rows<{ json: JsonText }>(this.statements.retrieve, [id]);
    if (row === undefined) throw new RecordNotFoundError(this.model, String(id));
    return row.json;
  }

  /** A JSON array in the order of `ids`. */
  async readMany(runner: StatementRunner, ids: readonly RecordId[]): Promise<JsonText> {
    const [row] = await runner.rows<{ json: JsonText }>(this.statements.retrieveMany, [ids]);
    return row?.json ?? '[]';
  }

  /** Those of these ids that there are. */
  async readEach(runner: StatementRunner, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, JsonText>> {
    if (ids.length === 0) return new Map();
    const rows = await runner.rows<{ id: RecordId; json: JsonText }>(this.statements.retrieveEach, [ids]);
    return new Map(rows.map(({ id, json }) => [id, json]));
  }

  /** The one statement that makes a record whose ids and sequences nobody else must know of. */
  async insertOne(runner: StatementRunner, record: ParsedRecord): Promise<JsonText> {
    const { columns, insertOne, primaryKey } = this.statements;
    const id = record.id ?? primaryKey.newId?.();
    const own = columns.map(({ field }) => record.columns.get(field.id) ?? null);
    const [row] = await runner.rows<{ json: JsonText }>(insertOne, id === undefined ? own : [id, ...own]);
    if (row === undefined) throw new SchemaChangedError(this.model);
    return row.json;
  }

  /** The same for many: all or nothing. @returns JSON array in their order */
  async insertMany(runner: StatementRunner, records: readonly ParsedRecord[]): Promise<JsonText> {
    const { columns, insertMany, primaryKey } = this.statements;
    const arrays = columns.map(({ field }) => records.map((record) => record.columns.get(field.id) ?? null));
    const ids = primaryKey.identity ? [] : [records.map(({ id }) => id ?? primaryKey.newId?.())];
    const values = [...ids, ...arrays];
    const given = values.length === 0 ? [records.length] : values;
    const [row] = await runner.rows<{ json: JsonText; count: number }>(insertMany, given);
    if (row?.count !== records.length) throw new SchemaChangedError(this.model);
    return row.json;
  }

  /**
   * @param onConflict clause that lets some records go
   * @returns the ids of the new rows; without `onConflict` in the order of `records`
   */
  async insert(
    runner: StatementRunner,
    records: readonly ParsedRecord[],
    onConflict = '',
  ): Promise<readonly RecordId[]> {
    const identified = records.map((record) => ({ ...record, id: record.id ?? this.statements.primaryKey.newId?.() }));
    // Ids that are given and ids that are not take different statements.
    const given = identified.filter(({ id }) => id !== undefined);
    const counted = identified.filter(({ id }) => id === undefined);
    const givenIds = await this.insertAlike(runner, given, onConflict);
    const countedIds = await this.insertAlike(runner, counted, onConflict);
    if (onConflict !== '') return [...givenIds, ...countedIds];
    const [nextGiven, nextCounted] = [givenIds.values(), countedIds.values()];
    return identified.map(({ id }) => (id === undefined ? nextCounted : nextGiven).next().value ?? '');
  }

  /** Keeps others from changing the record until the transaction ends. */
  async lock(runner: StatementRunner, id: RecordId): Promise<void> {
    await runner.rows(this.statements.lock, [id]);
  }

  /** The same for many, always in one order, so that two who lock the same never wait for each other. @returns those that exist */
  async lockMany(runner: StatementRunner, ids: readonly RecordId[]): Promise<readonly RecordId[]> {
    const { table, primaryKey } = this.statements;
    const { key, returned } = primaryKey;
    return idsOf(
      await runner.rows<{ id: RecordId }>(
        `SELECT ${returned('t.id')} AS id FROM ${table} t WHERE t.id = ANY($1::${key.sqlType}[]) ORDER BY t.id FOR UPDATE`,
        [ids],
      ),
    );
  }

  /** One statement, so that the answer is what was written. @throws RecordNotFoundError */
  async update(runner: StatementRunner, id: RecordId, record: ParsedRecord): Promise<JsonText> {
    const columns = this.statements.columns.filter(({ field }) => record.columns.has(field.id));
    if (columns.length === 0) return this.read(runner, id);
    const values = columns.map(({ field }) => record.columns.get(field.id));
    const [row] = await runner.rows<{ json: JsonText }>(this.statements.update(columns), [id, ...values]);
    if (row !== undefined) return row.json;
    await this.requireCurrent(runner);
    throw new RecordNotFoundError(this.model, String(id));
  }

  /** Like {@link update} for records that are locked; one statement for all that give the same fields. */
  async updateMany(runner: StatementRunner, changes: readonly (readonly [RecordId, ParsedRecord])[]): Promise<void> {
    const groups = groupBy(changes, ([, { columns }]) => [...columns.keys()].sort().join(' '));
    for (const group of groups.values()) {
      const columns = this.statements.columns.filter(({ field }) => group[0]?.[1].columns.has(field.id));
      if (columns.length === 0) continue;
      const values = columns.map(({ field }) => group.map(([, record]) => record.columns.get(field.id)));
      const written = await runner.rows(this.statements.updateMany(columns), [group.map(([id]) => id), ...values]);
      if (written.length < group.length) await this.requireCurrent(runner);
    }
  }

  /** Before values are written that a sequence must learn of: nobody else adds records until the transaction ends. */
  async announceIdentities(runner: StatementRunner, records: readonly ParsedRecord[]): Promise<void> {
    const { identities, lockTable } = this.statements;
    if (!records.some((record) => identities.areGivenIn(record))) return;
    await runner.rows(lockTable);
    await identities.advance(runner, records);
  }

  /** @throws RecordNotFoundError */
  async destroy(runner: StatementRunner, id: RecordId): Promise<void> {
    const deleted = await runner.rows(this.statements.destroy, [id]);
    if (deleted.length === 0) throw new RecordNotFoundError(this.model, String(id));
  }

  /** @throws SchemaChangedError when the model is no longer what the statements were written for */
  async requireCurrent(runner: StatementRunner, options?: ErrorOptions): Promise<void> {
    if (!(await this.statements.guard.holds(runner))) throw new SchemaChangedError(this.model, options);
  }

  /** Records which all give an id or all give none. */
  private async insertAlike(
    runner: StatementRunner,
    records: readonly ParsedRecord[],
    onConflict: string,
  ): Promise<readonly RecordId[]> {
    if (records.length === 0) return [];
    const { columns, identities, lockTable, advanceId, primaryKey, insert, insertWithId } = this.statements;
    const given = records.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const isGiven = given.length > 0;
    const isAhead = isGiven && primaryKey.identity;
    const arrays = columns.map(({ field }) => records.map((record) => record.columns.get(field.id) ?? null));
    const values = isGiven ? [given, ...arrays] : arrays;
    if (isAhead || records.some((record) => identities.areGivenIn(record))) await runner.rows(lockTable);
    await identities.advance(runner, records);
    const usual = isGiven ? insertWithId : insert;
    const rows = await runner.rows<{ id: RecordId }>(
      onConflict === '' ? usual : this.statements.insertText(isGiven, onConflict),
      values.length === 0 ? [records.length] : values,
    );
    if (isAhead) await runner.rows(advanceId, [given.reduce((last, id) => (id > last ? id : last))]);
    if (rows.length < records.length) {
      if (onConflict === '') throw new SchemaChangedError(this.model);
      await this.requireCurrent(runner);
    }
    return idsOf(rows);
  }
}

import { quote } from '../definition/sql.js';
import type { StatementRunner } from '../database/statement-runner.js';
import { InvalidRecordError } from '../errors/record.error.js';
import type { RecordId, RecordKey } from '../field-types/record-key.js';
import { initially, type RelationChange } from './relation-change.js';
import { leaving, type RelatedModel, type RelationDifference, type RelationStore } from './relation-store.js';

/** One side of a join table. */
interface JoinSide {
  readonly column: 'source_id' | 'target_id';
  readonly key: RecordKey;
}

/** A many_to_many, seen from either side. */
export class JoinRelationStore implements RelationStore {
  readonly isManyToMany = true;
  /** Owners, others. */
  readonly addition: string;
  private readonly condition: string;

  constructor(
    readonly name: string,
    private readonly table: string,
    own: JoinSide,
    private readonly other: JoinSide,
    /** Records must have at least one. */
    private readonly isRequired: boolean,
    /** Where it is seen from the side that it is no field of. */
    readonly related: RelatedModel | undefined,
  ) {
    this.condition = `${quote(own.column)} = $1`;
    this.addition =
      `INSERT INTO ${table} (${own.column}, ${other.column}) ` +
      `SELECT * FROM unnest($1::${own.key.sqlType}[], $2::${other.key.sqlType}[]) ON CONFLICT DO NOTHING`;
  }

  async add(runner: StatementRunner, owners: readonly RecordId[], others: readonly RecordId[]): Promise<void> {
    await runner.rows(this.addition, [owners, others]);
  }

  async remove(runner: StatementRunner, owner: RecordId, change: RelationChange): Promise<void> {
    const { condition, ids } = leaving(this.other.column, `${this.other.key.sqlType}[]`, change);
    await runner.rows(`DELETE FROM ${this.table} WHERE ${this.condition} AND ${condition}`, [owner, ids]);
    if (!this.isRequired || initially(change).length > 0) return;
    const left = await runner.rows(`SELECT FROM ${this.table} WHERE ${this.condition} LIMIT 1`, [owner]);
    if (left.length > 0) return;
    const message = `"${this.name}" is required and must not be empty.`;
    throw new InvalidRecordError([{ path: this.name, code: 'required', message }]);
  }

  async difference(runner: StatementRunner, owner: RecordId, change: RelationChange): Promise<RelationDifference> {
    const { column, key } = this.other;
    const { condition, ids } = leaving(column, `${key.sqlType}[]`, change);
    const present = `SELECT ${column} FROM ${this.table} WHERE ${this.condition}`;
    const list = (rows: string) => `(SELECT coalesce(json_agg(id ORDER BY id), '[]') FROM (${rows}) AS r(id))`;
    const [found] = await runner.rows<RelationDifference>(
      `SELECT ${list(`${present} AND ${condition}`)} AS removed,
        ${list(`SELECT unnest($3::${key.sqlType}[]) EXCEPT (${present})`)} AS added`,
      [owner, ids, initially(change)],
    );
    return found ?? { added: [], removed: [] };
  }
}

import { qualifiedName } from '../definition/model-definition.js';
import { quote, quoteTable } from '../definition/sql.js';
import type { StatementRunner } from '../database/statement-runner.js';
import { InvalidRecordError, RelatedRecordNotFoundError, SchemaChangedError } from '../errors/record.error.js';
import { defaultFunction } from '../field-types/default-function.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { keyOf, type RecordId } from '../field-types/record-key.js';
import { initially, type RelationChange } from './relation-change.js';
import { leaving, type RelatedModel, type RelationDifference, type RelationStore } from './relation-store.js';
import type { GuardedInverse } from './relation-stores.js';

/** Records of another model whose foreign key points here: they are pointed elsewhere. */
export class PointingRelationStore implements RelationStore {
  readonly isManyToMany = false;
  readonly name: string;
  readonly related: RelatedModel;
  private readonly table: string;
  private readonly column: string;
  private readonly arrayType: string;
  readonly addition: string;
  /** Columns that change with every save of such a record. */
  private readonly touched: string;

  constructor(
    private readonly inverse: GuardedInverse,
    schema: string,
    types: FieldTypeRegistry,
  ) {
    const { name, model, field, related } = inverse;
    this.name = name;
    this.related = related;
    this.table = quoteTable({ schema, name: model.tableName });
    this.column = quote(field.physicalName);
    this.arrayType = `${primaryKeyOf(model.primaryKey).key.sqlType}[]`;
    this.touched = model.fields
      .map((other) => {
        const type = types.get(other.type);
        const moment = type.automatic?.(other) === 'save' ? defaultFunction(type, other) : undefined;
        return moment === undefined ? '' : `, ${quote(other.physicalName)} = ${moment.sql}`;
      })
      .join('');
    this.addition = `
      WITH wanted AS (SELECT * FROM unnest($1::${keyOf(field.relatedKey).sqlType}[], $2::${this.arrayType}) AS w(owner, id)),
        moved AS (
          UPDATE ${this.table} c SET ${this.column} = w.owner${this.touched} FROM wanted w
            WHERE c.id = w.id AND c.${this.column} IS DISTINCT FROM w.owner
        )
      SELECT FROM ${this.table} c WHERE c.id IN (SELECT id FROM wanted)`;
  }

  async add(runner: StatementRunner, owners: readonly RecordId[], others: readonly RecordId[]): Promise<void> {
    const found = await runner.rows(this.addition, [owners, others]);
    await this.requireCurrent(runner);
    if (found.length < new Set(others).size) throw new RelatedRecordNotFoundError(this.name);
  }

  async remove(runner: StatementRunner, owner: RecordId, change: RelationChange): Promise<void> {
    const { condition, ids } = leaving('id', this.arrayType, change);
    const where = `WHERE ${this.column} = $1 AND ${condition}`;
    if (!this.inverse.field.required) {
      await runner.rows(`UPDATE ${this.table} SET ${this.column} = NULL${this.touched} ${where}`, [owner, ids]);
      await this.requireCurrent(runner);
      return;
    }
    const lost = await runner.rows(`SELECT FROM ${this.table} ${where} LIMIT 1`, [owner, ids]);
    if (lost.length === 0) return;
    const { model, field } = this.inverse;
    const message =
      `"${this.name}" cannot lose a record, because "${field.name}" of "${qualifiedName(model)}" is required. ` +
      'Add it to another record instead, or delete it.';
    throw new InvalidRecordError([{ path: this.name, code: 'required', message }]);
  }

  /** After the write, which keeps the other table from changing until the transaction ends. */
  private async requireCurrent(runner: StatementRunner): Promise<void> {
    if (!(await this.inverse.guard.holds(runner))) throw new SchemaChangedError(qualifiedName(this.inverse.model));
  }

  async difference(runner: StatementRunner, owner: RecordId, change: RelationChange): Promise<RelationDifference> {
    const { condition, ids } = leaving('id', this.arrayType, change);
    const list = (where: string) =>
      `(SELECT coalesce(json_agg(id ORDER BY id), '[]') FROM ${this.table} WHERE ${where})`;
    const [found] = await runner.rows<RelationDifference>(
      `SELECT ${list(`${this.column} = $1 AND ${condition}`)} AS removed,
        ${list(`id = ANY($3::${this.arrayType}) AND ${this.column} IS DISTINCT FROM $1`)} AS added`,
      [owner, ids, initially(change)],
    );
    return found ?? { added: [], removed: [] };
  }
}

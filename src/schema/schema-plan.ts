import type { Blocker, PlanSummary } from '../errors/schema-change.error.js';
import { canonicalJson } from '../definition/canonical-json.js';
import { shortHash } from '../definition/identifiers.js';
import type { PlanPreparation } from './preparation/plan-preparation.js';
import type { SchemaOperation, SqlStatement } from './schema-operation.js';
import type { SchemaState } from './schema-state.js';

/** Whether the number of rows says what an operation costs, or what is lost. */
export const touchesRows = ({ rewrites, destructive }: SchemaOperation): boolean =>
  destructive || rewrites !== 'nothing';

/** What will be done to the tables, in order; printable and testable without a database. */
export class SchemaPlan {
  /** Equal for plans that do the same. */
  readonly hash: string;

  constructor(
    /** The tables as they are before it. */
    readonly before: SchemaState,
    readonly operations: readonly SchemaOperation[],
  ) {
    this.hash = shortHash(canonicalJson(operations.map((operation) => operation.toSql())));
  }

  get isEmpty(): boolean {
    return this.operations.length === 0;
  }

  get destructive(): readonly SchemaOperation[] {
    return this.operations.filter((operation) => operation.destructive);
  }

  /** The tables as they are after it. */
  get after(): SchemaState {
    return this.operations.reduce((state, operation) => operation.apply(state), this.before);
  }

  /** One sentence a line. */
  describe(): string {
    return this.operations.map((operation) => operation.describe()).join('\n');
  }

  toSql(): readonly SqlStatement[] {
    return this.operations.flatMap((operation) => operation.toSql());
  }

  /**
   * @param rowsOf how many rows a table has, by its id
   * @param preparation what is done beforehand, in the background
   */
  summarize(
    blockers: readonly Blocker[],
    warnings: readonly string[],
    rowsOf: (tableId: string) => number,
    preparation?: PlanPreparation,
  ): PlanSummary {
    return {
      hash: this.hash,
      destructive: this.destructive.length > 0,
      operations: this.operations.map((operation) => ({
        kind: operation.kind,
        description: operation.describe(),
        destructive: operation.destructive,
        lock: operation.lock,
        rewrites: operation.rewrites,
        rows: touchesRows(operation) ? rowsOf(operation.table.id) : 0,
        sql: operation.toSql().map(({ text }) => text),
      })),
      blockers,
      warnings: [...warnings, ...(preparation?.holding ?? [])],
      preparation: (preparation?.steps ?? []).map(({ description }) => description),
    };
  }
}

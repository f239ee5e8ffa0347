import type { PlanSummary } from '../errors/schema-change.error.js';
import type { SchemaOperation, SqlStatement } from './schema-operation.js';

/** What will be done to the tables, in order; printable and testable without a database. */
export class SchemaPlan {
  constructor(
    readonly operations: readonly SchemaOperation[],
    /** Equal for plans that do the same. */
    readonly hash: string,
  ) {}

  get isEmpty(): boolean {
    return this.operations.length === 0;
  }

  get destructive(): readonly SchemaOperation[] {
    return this.operations.filter((operation) => operation.destructive);
  }

  /** One sentence a line. */
  describe(): string {
    return this.operations.map((operation) => operation.describe()).join('\n');
  }

  toSql(): readonly SqlStatement[] {
    return this.operations.flatMap((operation) => operation.toSql());
  }

  summarize(): PlanSummary {
    return {
      hash: this.hash,
      destructive: this.destructive.length > 0,
      operations: this.operations.map((operation) => ({
        kind: operation.kind,
        description: operation.describe(),
        destructive: operation.destructive,
        lock: operation.lock,
        rewrites: operation.rewrites,
        sql: operation.toSql().map(({ text }) => text),
      })),
    };
  }
}

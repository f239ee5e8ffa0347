import type { StatementRunner } from '../database/statement-runner.js';
import type { ModelId } from '../definition/model-definition.js';
import { literal, quote } from '../definition/sql.js';

/**
 * Ties a statement to one version of a model. A write that waited for a change of the table runs right after it, and
 * PostgreSQL would cast its values to the new types by rules of its own: rounded, cut, or read as something else.
 */
export class VersionGuard {
  /** SQL condition that is true as long as the model is what the statement was written for. */
  readonly condition: string;

  /** @param schema of Dynamo's own tables */
  constructor(schema: string, id: ModelId, version: number) {
    const current = `SELECT a.version FROM ${quote(schema)}.applied_model a WHERE a.id = ${literal(id)}`;
    this.condition = `(${current}) = ${version}`;
  }

  /** Whether the model is still what the statements were written for. */
  async holds(runner: StatementRunner): Promise<boolean> {
    const [row] = await runner.rows<{ holds: boolean | null }>(`SELECT ${this.condition} AS holds`);
    return row?.holds === true;
  }
}

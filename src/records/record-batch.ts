import type { StatementRunner } from '../database/statement-runner.js';
import type { RecordId } from '../field-types/record-key.js';
import type { JsonText } from './query/list-answer.js';
import type { RecordStatements } from './record-statements.js';

type Found = ReadonlyMap<RecordId, JsonText>;

/** Ids in one statement at most. */
const MOST = 100;

/**
 * Reads records by id. Those that are asked for while the server looks at the same round of its connections take one
 * statement: on a busy server many requests then cost one way to the database and back. Nobody waits for company.
 */
export class RecordBatch {
  private ids = new Set<RecordId>();
  private runner: StatementRunner | undefined;
  private found: Promise<Found> | undefined;

  constructor(private readonly statements: RecordStatements) {}

  /** The record with this id, or undefined. */
  async read(id: RecordId, runner: StatementRunner): Promise<JsonText | undefined> {
    // A replica may lack what somebody else must see.
    if (this.ids.size >= MOST || this.runner !== runner) this.found = undefined;
    this.runner = runner;
    this.found ??= this.begin(runner);
    this.ids.add(id);
    return (await this.found).get(id);
  }

  private async begin(runner: StatementRunner): Promise<Found> {
    const ids = new Set<RecordId>();
    this.ids = ids;
    await new Promise((resolve) => setImmediate(resolve));
    // Whoever asks from now on wants to see what is true from now on.
    if (this.ids === ids) this.found = undefined;
    const { retrieve, retrieveEach } = this.statements;
    const [first, ...others] = ids;
    if (first !== undefined && others.length === 0) {
      const [row] = await runner.rows<{ json: JsonText }>(retrieve, [first]);
      return new Map(row === undefined ? [] : [[first, row.json]]);
    }
    const rows = await runner.rows<{ id: RecordId; json: JsonText }>(retrieveEach, [[...ids]]);
    return new Map(rows.map(({ id, json }) => [id, json]));
  }
}

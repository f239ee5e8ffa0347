import type { DataSource, QueryRunner } from 'typeorm';
import { quote } from '../definition/sql.js';
import type {
  BackgroundChange,
  BackgroundError,
  BackgroundState,
  BackgroundStep,
  BackgroundTask,
  NewBackgroundChange,
} from './background-change.js';
import { type Queried, queryRows } from './query-rows.js';

/** So long nobody else takes a change over whose owner has not been heard of, in seconds. */
const LEASE = 15;
const UNDER_WAY = `state IN ('pending', 'building')`;

/** Changes that are made in the background: the only place that knows how far they are, whoever works on them. */
export class BackgroundChangeStore {
  private readonly changes: string;
  private readonly steps: string;

  constructor(schema: string) {
    this.changes = `${quote(schema)}.background_change`;
    this.steps = `${quote(schema)}.background_step`;
  }

  /** @returns its id */
  async insert(runner: QueryRunner, change: NewBackgroundChange): Promise<string> {
    const { modelIds, models, description, edit, prepared, preparation, by, address, requestId } = change;
    const [{ id }] = await queryRows<[{ id: string }]>(
      runner,
      `INSERT INTO ${this.changes} (model_ids, models, description, edit, prepared, undo, "by", address, request_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
      [
        modelIds,
        models,
        description,
        JSON.stringify(edit),
        JSON.stringify(prepared),
        JSON.stringify(preparation.undo),
        by,
        address,
        requestId,
      ],
    );
    await runner.query(
      `INSERT INTO ${this.steps} (change_id, position, description, work)
        SELECT $1, position - 1, step ->> 'description', step
        FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS s(step, position)`,
      [id, JSON.stringify(preparation.steps)],
    );
    return id;
  }

  /** A change of any of these models that is under way. @param except that one aside */
  async findUnderWay(
    runner: QueryRunner,
    modelIds: readonly string[],
    except: string | undefined,
  ): Promise<{ readonly id: string; readonly models: readonly string[] } | undefined> {
    const [found] = await queryRows<{ id: string; models: string[] }[]>(
      runner,
      `SELECT id, models FROM ${this.changes} WHERE ${UNDER_WAY} AND model_ids && $1 AND id IS DISTINCT FROM $2 LIMIT 1`,
      [modelIds, except ?? null],
    );
    return found;
  }

  /** How many steps of changes that are under way are in which state. */
  async countSteps(source: Queried): Promise<ReadonlyMap<BackgroundStep['state'], number>> {
    const rows = await queryRows<{ state: BackgroundStep['state']; count: number }[]>(
      source,
      `SELECT states.state, count(c.id)::float8 AS count
        FROM unnest(ARRAY['pending', 'building', 'valid', 'failed']) AS states(state)
        LEFT JOIN (${this.steps} s JOIN ${this.changes} c ON c.id = s.change_id AND c.${UNDER_WAY})
          ON s.state = states.state GROUP BY states.state`,
    );
    return new Map(rows.map(({ state, count }) => [state, count]));
  }

  /** Newest first. @param page from 1 */
  async list(
    source: Queried,
    { model, state }: { readonly model?: string | undefined; readonly state?: BackgroundState | undefined },
    page: number,
    limit: number,
  ): Promise<{ readonly changes: readonly BackgroundChange[]; readonly total: number }> {
    const where =
      '($1::text IS NULL OR $1 = ANY(c.models) OR $1 = ANY(c.model_ids::text[])) AND ($2::text IS NULL OR c.state = $2)';
    const values = [model ?? null, state ?? null];
    const selected = `WHERE ${where} ORDER BY c.created_at DESC, c.id LIMIT $3 OFFSET $4`;
    const changes = await this.select(source, selected, [...values, limit, (page - 1) * limit]);
    const [{ total }] = await queryRows<[{ total: number }]>(
      source,
      `SELECT count(*)::float8 AS total FROM ${this.changes} c WHERE ${where}`,
      values,
    );
    return { changes, total };
  }

  async find(source: Queried, id: string): Promise<BackgroundTask | undefined> {
    const [found] = await this.select(source, 'WHERE c.id = $1', [id]);
    return found;
  }

  /** Ids of changes under way that nobody works on. */
  async findAbandoned(source: Queried): Promise<readonly string[]> {
    const rows = await queryRows<{ id: string }[]>(
      source,
      `SELECT id FROM ${this.changes} WHERE ${UNDER_WAY} AND coalesce(leased_until < clock_timestamp(), true) ORDER BY created_at`,
    );
    return rows.map(({ id }) => id);
  }

  /** Makes `owner` the one who works on the change, unless somebody else does. */
  async claim(source: DataSource, id: string, owner: string): Promise<BackgroundTask | undefined> {
    const claimed = await this.update(
      source,
      `state = 'building', owner = $2, ${this.lease} WHERE id = $1 AND ${UNDER_WAY}
        AND (owner = $2 OR coalesce(leased_until < clock_timestamp(), true))`,
      [id, owner],
    );
    return claimed ? this.find(source, id) : undefined;
  }

  /** Goes on working on it. @returns whether it is still wanted; undefined when somebody else has taken it over */
  async renew(source: Queried, id: string, owner: string): Promise<{ readonly isCancelled: boolean } | undefined> {
    return this.update(source, `${this.lease} WHERE id = $1 AND owner = $2 AND ${UNDER_WAY}`, [id, owner]);
  }

  /** Somebody else may work on it. */
  async release(source: Queried, id: string, owner: string): Promise<void> {
    await this.update(source, 'leased_until = NULL WHERE id = $1 AND owner = $2', [id, owner]);
  }

  /** @returns whether it was still under way */
  async cancel(source: Queried, id: string): Promise<boolean> {
    const updated = await this.update(source, `is_cancelled = true WHERE id = $1 AND ${UNDER_WAY}`, [id]);
    return updated !== undefined;
  }

  /** Remembers why it ends, before what was got ready is removed. */
  async fail(source: Queried, id: string, error: BackgroundError): Promise<void> {
    await this.update(source, `error = $2 WHERE id = $1`, [id, JSON.stringify(error)]);
    await source.query(`UPDATE ${this.steps} SET state = 'failed' WHERE change_id = $1 AND state = 'building'`, [id]);
  }

  /** @param owner who must still be the one who works on it @returns whether that was so */
  async settle(
    source: Queried,
    id: string,
    owner: string,
    state: 'valid' | 'failed' | 'cancelled',
    ids: readonly string[] = [],
  ): Promise<boolean> {
    const wanted = state === 'valid' ? 'AND NOT is_cancelled' : '';
    const updated = await this.update(
      source,
      `state = $3, result = $4, finished_at = clock_timestamp(), leased_until = NULL
        WHERE id = $1 AND owner = $2 AND ${UNDER_WAY} ${wanted}`,
      [id, owner, state, JSON.stringify({ ids })],
    );
    return updated !== undefined;
  }

  /** Notes how far a step is. */
  async note(
    source: Queried,
    id: string,
    position: number,
    { state, done, total, cursor }: Partial<BackgroundStep> & { readonly cursor?: string },
  ): Promise<void> {
    await source.query(
      `UPDATE ${this.steps} SET state = coalesce($3, state), done = coalesce($4, done), total = coalesce($5, total),
        cursor = coalesce($6, cursor) WHERE change_id = $1 AND position = $2`,
      [id, position, state ?? null, done ?? null, total ?? null, cursor ?? null],
    );
  }

  private async select(source: Queried, which: string, values: readonly unknown[]): Promise<readonly BackgroundTask[]> {
    const utc = (column: string) => `to_json(${column} AT TIME ZONE 'UTC') #>> '{}' || 'Z'`;
    return queryRows<BackgroundTask[]>(
      source,
      `SELECT c.id, c.state, c.models, c.description, c."by", ${utc('c.created_at')} AS "createdAt",
          ${utc('c.finished_at')} AS "finishedAt", c.is_cancelled AS "isCancelled", c.error, c.result, c.edit, c.prepared,
          c.undo, c.address, c.request_id AS "requestId", coalesce(s.steps, '[]') AS steps, s.works, s.cursors
        FROM ${this.changes} c LEFT JOIN LATERAL (
          SELECT json_agg(json_build_object('position', position, 'description', description, 'state', state,
            'done', done, 'total', total) ORDER BY position) AS steps,
            json_agg(work ORDER BY position) AS works, json_agg(cursor ORDER BY position) AS cursors
          FROM ${this.steps} WHERE change_id = c.id) s ON true
        ${which}`,
      values,
    );
  }

  private get lease(): string {
    return `leased_until = clock_timestamp() + interval '${LEASE} seconds'`;
  }

  private async update(
    source: Queried,
    text: string,
    values: readonly unknown[],
  ): Promise<{ readonly isCancelled: boolean } | undefined> {
    const sql = `WITH updated AS (UPDATE ${this.changes} SET ${text} RETURNING is_cancelled) SELECT is_cancelled AS "isCancelled" FROM updated`;
    const [row] = await queryRows<{ isCancelled: boolean }[]>(source, sql, values);
    return row;
  }
}

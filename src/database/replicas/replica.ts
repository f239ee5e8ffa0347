import type { Pool } from 'pg';
import { quote } from '../../definition/sql.js';
import { isQueryCanceled, isUnavailable } from '../postgres-error.js';
import { limitedPool } from '../limited-pool.js';
import type { ReadSource } from '../read-source.js';
import { type Query, type Queryable, StatementRunner } from '../statement-runner.js';
import { Probe } from './probe.js';
import { WritePosition } from './write-position.js';

/** What a replica has said of itself. */
export interface ReplicaState {
  /** `performance.now()` when it was asked. */
  readonly at: number;
  readonly position: WritePosition;
  readonly schemaVersion: number;
  /** Whether the primary keeps what is read here for long, so that replaying does not end it. */
  readonly isSparing: boolean;
}

interface Answer {
  readonly isReplica: boolean;
  readonly lsn: string | null;
  readonly timeline: number;
  readonly isSparing: boolean;
  readonly version: number;
}

/** The timeline is that of the last restart point: after a promotion it follows late, never early. */
const look = (schema: string): string =>
  `SELECT pg_is_in_recovery() AS "isReplica", pg_last_wal_replay_lsn()::text AS lsn,
    (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline,
    current_setting('hot_standby_feedback')::boolean AS "isSparing",
    (SELECT version::float8 FROM ${quote(schema)}.schema_version) AS version`;

/** The server has no primary, perhaps because it is one: whoever lists all servers knows that there is always one. */
export class NoReplicaError extends Error {}

const parse = ({ isReplica, lsn, timeline, isSparing, version }: Answer, at: number): ReplicaState => {
  if (!isReplica || lsn === null) throw new NoReplicaError('it is the primary, or follows none');
  return { at, position: WritePosition.at(timeline, lsn), schemaVersion: version, isSparing };
};

/** A streaming replica that records may be read from. What it cannot answer, the primary answers. */
export class Replica implements ReadSource {
  /** Undefined while it is away, or no replica. */
  state: ReplicaState | undefined;
  readonly reader = StatementRunner.over({ query: async (config) => this.query(config) });
  private readonly limited: Queryable;
  private readonly fallback: Queryable;
  private readonly probe: Probe;
  private readonly giveUps = new Set<(reason: unknown) => void>();

  constructor(
    /** For people; without a password. */
    readonly name: string,
    /** Its connections, whether it is read from or not. */
    readonly own: Pool,
    readonly primary: ReadSource,
    private readonly schema: string,
    /** Of each statement, in milliseconds; 0 is none. */
    limit: number,
  ) {
    this.limited = limitedPool(own, limit);
    this.fallback = limitedPool(primary.pool, limit);
    this.probe = new Probe(own.options);
  }

  /** Where replaying may end what takes long, files would break off. */
  get pool(): Pool {
    return this.state?.isSparing === true ? this.own : this.primary.pool;
  }

  /** Asks how it is. @throws why it is not to be read from */
  async look(): Promise<void> {
    const at = performance.now();
    try {
      this.state = parse(await this.probe.ask<Answer>(look(this.schema)), at);
    } catch (error) {
      this.state = undefined;
      for (const giveUp of this.giveUps) giveUp(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.probe.close();
  }

  private async query(config: Query): Promise<{ rows: unknown[] }> {
    try {
      return await this.whilePresent(this.limited.query(config));
    } catch (error) {
      // The primary would not be faster. Everything else may be a matter of this replica.
      if (isQueryCanceled(error)) throw error;
      if (isUnavailable(error)) this.state = undefined;
      return this.fallback.query(config);
    }
  }

  /** Nobody waits for an answer of what has gone. */
  private async whilePresent<T>(answer: Promise<T>): Promise<T> {
    let giveUp: (reason: unknown) => void = () => undefined;
    const gone = new Promise<never>((_resolve, reject) => (giveUp = reject));
    this.giveUps.add(giveUp);
    try {
      return await Promise.race([answer, gone]);
    } finally {
      this.giveUps.delete(giveUp);
    }
  }
}

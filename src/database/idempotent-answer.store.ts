import { hash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { quote } from '../definition/sql.js';
import { StatementRunner } from './statement-runner.js';

/** What a write was answered with, as it is kept for whoever sends it again. */
export interface IdempotentAnswer {
  /** Of one attempt to carry the write out. */
  readonly attempt: string;
  /** Of everything that the request asks. */
  readonly fingerprint: string;
  /** Of what its sender might do with the records then. */
  readonly rights: string;
  readonly status: number;
  /** Null where the answer has none. */
  readonly body: string | null;
  /** Whether it is the whole answer, and not only the ids of its records. */
  readonly isWhole: boolean;
  readonly schemaVersion: number;
}

/** How many answers are removed by one statement, so that none takes long. */
const BATCH = 500;

const AFTER_LIFETIME = (position: number): string => `at <= now() - $${position} * interval '1 millisecond'`;

/** One place for each key of each caller; neither can be read from it. */
export const placeOf = (caller: string, key: string): Buffer => hash('sha256', JSON.stringify([caller, key]), 'buffer');

/** Advisory locks are 64 bits. */
const lockOf = (place: Buffer): string => String(place.readBigInt64BE());

/** Answers to writes that came with an idempotency key. They are written in the transactions of the writes. */
export class IdempotentAnswerStore {
  private readonly table: string;

  /** @param lifetime of an answer, in milliseconds */
  constructor(
    schema: string,
    private readonly lifetime: number,
  ) {
    this.table = `${quote(schema)}.idempotent_answer`;
  }

  /** Takes a place until the end of the transaction. False: another transaction has it. */
  async take(runner: StatementRunner, place: Buffer): Promise<boolean> {
    const [row] = await runner.rows<{ taken: boolean }>('SELECT pg_try_advisory_xact_lock($1::bigint) AS taken', [
      lockOf(place),
    ]);
    return row?.taken === true;
  }

  /** In a statement after that of {@link take}, because a statement sees nothing that was committed while it waited. */
  async find(runner: StatementRunner, place: Buffer): Promise<IdempotentAnswer | undefined> {
    const [row] = await runner.rows<IdempotentAnswer>(
      `SELECT attempt, fingerprint, rights, status, body, is_whole AS "isWhole", schema_version::float8 AS "schemaVersion"
        FROM ${this.table} WHERE place = $1 AND NOT ${AFTER_LIFETIME(2)}`,
      [place, this.lifetime],
    );
    return row;
  }

  /** False: the place has an answer that whoever asked before could not see yet. */
  async keep(runner: StatementRunner, place: Buffer, answer: IdempotentAnswer): Promise<boolean> {
    const { attempt, fingerprint, rights, status, body, isWhole, schemaVersion } = answer;
    const kept = await runner.rows(
      `INSERT INTO ${this.table} AS kept (place, attempt, fingerprint, rights, status, body, is_whole, schema_version)
        VALUES ($1, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (place) DO UPDATE SET (attempt, fingerprint, rights, status, body, is_whole, schema_version, at)
          = (EXCLUDED.attempt, EXCLUDED.fingerprint, EXCLUDED.rights, EXCLUDED.status, EXCLUDED.body, EXCLUDED.is_whole,
            EXCLUDED.schema_version, EXCLUDED.at)
          WHERE kept.${AFTER_LIFETIME(2)}
        RETURNING 1`,
      [place, this.lifetime, attempt, fingerprint, rights, status, body, isWhole, schemaVersion],
    );
    return kept.length > 0;
  }

  /** Whether an attempt has been committed, once nobody is at its place any more. @param patience in milliseconds */
  async has(dataSource: DataSource, place: Buffer, attempt: string, patience: number): Promise<boolean> {
    return StatementRunner.inTransaction(dataSource, async (runner) => {
      await runner.rows(`SELECT set_config('lock_timeout', $1, true)`, [`${patience}ms`]);
      await runner.rows('SELECT pg_advisory_xact_lock($1::bigint)', [lockOf(place)]);
      return (await this.find(runner, place))?.attempt === attempt;
    });
  }

  /** Removes some of the answers that are too old. @returns whether there may be more */
  async removeSome(runner: StatementRunner): Promise<boolean> {
    const removed = await runner.rows(
      `DELETE FROM ${this.table} WHERE place IN (
          SELECT place FROM ${this.table} WHERE ${AFTER_LIFETIME(1)} ORDER BY at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
        RETURNING 1`,
      [this.lifetime],
    );
    return removed.length === BATCH;
  }
}

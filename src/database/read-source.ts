import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { StatementRunner } from './statement-runner.js';

/** Where records are read. */
export interface ReadSource {
  /** Of statements that read. */
  readonly reader: StatementRunner;
  /** For what keeps a connection for a while. */
  readonly pool: Pool;
  /** Where to turn to when that fails; undefined of the primary itself. */
  readonly primary?: ReadSource;
}

/** The pool of the primary, with replicas or without. */
export const primaryPool = ({ driver }: DataSource): Pool => (driver as unknown as { readonly master: Pool }).master;

/** @param limit of each statement in milliseconds; 0 is none */
export const primarySource = (dataSource: DataSource, limit: number): ReadSource => ({
  reader: StatementRunner.onPool(dataSource, limit),
  pool: primaryPool(dataSource),
});

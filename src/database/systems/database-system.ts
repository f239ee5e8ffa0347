import type { DataSource } from 'typeorm';

/** What a server says of itself. */
export interface ServerFacts {
  /** As `version()` has it. */
  readonly version: string;
  /** Of the PostgreSQL that it is, or wants to be taken for. */
  readonly major: number;
  /** Names of the extensions that the database has. */
  readonly extensions: readonly string[];
}

/** A database that speaks PostgreSQL's language, and is another one below it. docs/distributed.md tells what is known of them. */
export interface DatabaseSystem {
  readonly name: string;
  /** Whether it may keep a table on several servers, which is then not to be changed. */
  readonly isDistributing: boolean;
  isThis(facts: ServerFacts): boolean;
  /** Asks the server itself, where its documentation says that it depends. @throws UnsupportedDatabaseError */
  requireUsable(dataSource: DataSource): Promise<void>;
}

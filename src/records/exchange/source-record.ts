import type { FieldError } from '../../errors/dynamo.error.js';

/** A record as a file has it. */
export interface SourceRecord {
  /** On which it begins, from 1; null where there are no lines. */
  readonly line: number | null;
  /** Its number, from 1. */
  readonly record: number;
  /** In the form of a request body. */
  readonly body: unknown;
  /** What is wrong with how it is written, so that there is no body. */
  readonly errors: readonly FieldError[];
  /** Characters, where they are known. */
  readonly size: number;
}

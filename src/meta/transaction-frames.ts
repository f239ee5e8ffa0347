import type { QueryRunner } from 'typeorm';

/** Meta rows touched within one transaction or savepoint. */
export interface Touched {
  readonly models: Set<string>;
  /** Fields whose model is not known yet. */
  readonly fields: Set<string>;
  /** Rows were touched without saying which, by `update()`, `delete()` or a query builder. */
  unknown: boolean;
  /** The schema lock was taken here; a rollback to the savepoint gives it back. */
  locked: boolean;
}

interface Transaction {
  readonly frames: Touched[];
  /** Hooks of one save run at the same time, but a connection takes one statement after the other. */
  tail: Promise<unknown>;
  isApplying: boolean;
}

/** What each open transaction has touched; savepoints that are released add to the one around them. */
export class TransactionFrames {
  private readonly transactions = new WeakMap<QueryRunner, Transaction>();

  private of(runner: QueryRunner): Transaction {
    const known = this.transactions.get(runner);
    if (known !== undefined) return known;
    const transaction = { frames: [], tail: Promise.resolve(), isApplying: false };
    this.transactions.set(runner, transaction);
    return transaction;
  }

  depth(runner: QueryRunner): number {
    return this.of(runner).frames.length;
  }

  push(runner: QueryRunner): void {
    this.of(runner).frames.push({ models: new Set(), fields: new Set(), unknown: false, locked: false });
  }

  /** The innermost frame, or undefined outside a transaction. */
  top(runner: QueryRunner): Touched | undefined {
    return this.of(runner).frames.at(-1);
  }

  isLocked(runner: QueryRunner): boolean {
    return this.of(runner).frames.some(({ locked }) => locked);
  }

  /** A savepoint was released, or the transaction committed. */
  commit(runner: QueryRunner): void {
    const { frames } = this.of(runner);
    const inner = frames.pop();
    const outer = frames.at(-1);
    if (inner === undefined || outer === undefined) return;
    for (const id of inner.models) outer.models.add(id);
    for (const id of inner.fields) outer.fields.add(id);
    outer.unknown ||= inner.unknown;
    outer.locked ||= inner.locked;
  }

  rollback(runner: QueryRunner): void {
    this.of(runner).frames.pop();
  }

  isApplying(runner: QueryRunner): boolean {
    return this.of(runner).isApplying;
  }

  async applying<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
    const transaction = this.of(runner);
    transaction.isApplying = true;
    try {
      return await work();
    } finally {
      transaction.isApplying = false;
    }
  }

  /** Runs `work` when everything that was asked for on this connection before is done. */
  async inTurn<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
    const transaction = this.of(runner);
    const result = transaction.tail.then(work);
    transaction.tail = result.catch(() => undefined);
    return result;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import type { BackgroundStep } from '../../database/background-change.js';
import type { BackgroundChangeStore } from '../../database/background-change.store.js';
import { isLockFailure } from '../../database/postgres-error.js';
import type { PreparationUndo, PreparationWork } from '../../schema/preparation/preparation.js';
import { buildIndex, dropIndex } from './build-index.js';
import { fillRows } from './fill-rows.js';
import type { Hold } from './hold.js';

/** Shorter than anybody notices who queues behind a statement that waits, in milliseconds. */
const LOCK_TIMEOUT = 150;

/** What a step is done with. */
export interface StepContext {
  readonly dataSource: DataSource;
  readonly store: BackgroundChangeStore;
  readonly hold: Hold;
  readonly step: BackgroundStep;
  /** Where it goes on, if it has begun. */
  readonly cursor: string | null;
  /** One transaction that only whoever holds the change can commit; again and again while others have the locks. */
  transaction<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T>;
}

type Perform<K extends PreparationWork['kind']> = (
  work: Extract<PreparationWork, { readonly kind: K }>,
  context: StepContext,
) => Promise<void>;

/** Does what a change needs before it is made: nothing of it holds up others for longer than a moment. */
export class StepRunner {
  private isStopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly store: BackgroundChangeStore,
  ) {}

  /** Where it was left, if it was begun before. @throws HoldLost, NoLongerWanted, and what the rows in the way cause */
  async run(work: PreparationWork, step: BackgroundStep, cursor: string | null, hold: Hold): Promise<void> {
    await this.store.note(this.dataSource, hold.id, step.position, { state: 'building' });
    const { dataSource, store } = this;
    const transaction: StepContext['transaction'] = (inside) => this.transaction(hold, inside);
    const perform = this.performers[work.kind] as Perform<PreparationWork['kind']>;
    await perform(work, { dataSource, store, hold, step, cursor, transaction });
  }

  /** Nothing waits for locks any more: the process is about to end, and another one goes on. */
  stop(): void {
    this.isStopped = true;
  }

  /** Removes one thing that was got ready, as far as it was. */
  async undo(undo: PreparationUndo): Promise<void> {
    if (undo.kind === 'drop_index') return dropIndex(this.dataSource, undo);
    return this.patiently(() =>
      this.dataSource.transaction(async ({ queryRunner }) => {
        await queryRunner?.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT}`);
        for (const text of undo.sql) await queryRunner?.query(text);
      }),
    );
  }

  private readonly performers: { readonly [K in PreparationWork['kind']]: Perform<K> } = {
    alter: async ({ sql }, { step, hold, transaction }) =>
      transaction(async (runner) => {
        for (const text of sql) await runner.query(text);
        await this.store.note(runner, hold.id, step.position, { state: 'valid' });
      }),

    validate: async ({ sql }, { step, hold, transaction }) =>
      transaction(async (runner) => {
        const [{ pid }] = (await runner.query('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
        hold.interrupt = () => void this.dataSource.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => undefined);
        await runner.query(sql).finally(() => (hold.interrupt = undefined));
        await this.store.note(runner, hold.id, step.position, { state: 'valid' });
      }),

    index: buildIndex,
    fill: fillRows,
  };

  private async transaction<T>(hold: Hold, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const attempt = () =>
      this.dataSource.transaction(async ({ queryRunner }) => {
        if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
        await queryRunner.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT}`);
        const result = await work(queryRunner);
        // At the end, so that the row is not locked while a table is read.
        await hold.require(queryRunner);
        return result;
      });
    // Somebody may have the table for hours; a change that is not wanted any more does not wait for that.
    return this.patiently(attempt, () => hold.requireNow());
  }

  private async patiently<T>(work: () => Promise<T>, isWanted?: () => Promise<void>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isLockFailure(error) || this.isStopped) throw error;
        await isWanted?.();
        await delay(100 + Math.random() * 200);
      }
    }
  }
}

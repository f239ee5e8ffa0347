import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { BackgroundError, BackgroundTask } from '../database/background-change.js';
import { BackgroundChangeStore } from '../database/background-change.store.js';
import { isRefusedByRows, isUnavailable } from '../database/postgres-error.js';
import { DYNAMO_DATA_SOURCE } from '../dynamo.constants.js';
import { ChangeOutcomeUnknownError, ChangeNotAppliedError } from '../errors/cluster.error.js';
import { DynamoError } from '../errors/dynamo.error.js';
import { RowsChangedError, SchemaBusyError, SchemaChangeFailedError } from '../errors/schema-change.error.js';
import { Hold, HoldLost, NoLongerWanted } from '../pipeline/background/hold.js';
import { StepRunner } from '../pipeline/background/step-runner.js';
import { ChangeTransaction } from './change-transaction.service.js';
import type { ChangeOptions } from './change-options.js';
import type { MetaChange } from './meta-change.js';
import { ModelEditor, prefixOf } from './model-editor.service.js';

/** What somebody asked for, as it is kept until it is done. */
export interface StoredEdit extends Pick<ChangeOptions, 'confirm' | 'remedies'> {
  readonly changes: readonly MetaChange[];
  /** Whether paths of errors begin with the position of a change. */
  readonly isNumbered: boolean;
}

/** The process is about to end; another one goes on. */
class Stopping extends Error {
  constructor() {
    super('The process stops.');
  }
}

/** Whether the change itself is all right, and somebody goes on with it. */
const isForOthers = (error: unknown): boolean =>
  error instanceof Stopping ||
  error instanceof ChangeNotAppliedError ||
  error instanceof ChangeOutcomeUnknownError ||
  isUnavailable(error);

/** Works on one background change after the other, from where it was left: its steps, then the change itself. */
@Injectable()
export class BackgroundWorker {
  private readonly logger = new Logger(BackgroundWorker.name);
  private readonly holds = new Map<string, Hold>();
  private readonly steps: StepRunner;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BackgroundChangeStore) private readonly store: BackgroundChangeStore,
    @Inject(ChangeTransaction) private readonly transactions: ChangeTransaction,
    @Inject(ModelEditor) private readonly editor: ModelEditor,
  ) {
    this.steps = new StepRunner(dataSource, store);
  }

  /** Until it is done, or somebody else works on it. */
  async work(id: string, owner: string): Promise<void> {
    const task = await this.store.claim(this.dataSource, id, owner);
    if (task === undefined) return;
    const hold = new Hold(this.dataSource, this.store, id, owner);
    this.holds.set(id, hold);
    hold.begin();
    try {
      await this.make(task, hold);
    } catch (error) {
      await this.stopOrUndo(task, hold, error);
    } finally {
      hold.end();
      this.holds.delete(id);
    }
  }

  /** Somebody has cancelled a change, perhaps one that is worked on here. */
  look(id: string): void {
    this.holds.get(id)?.stop(new NoLongerWanted());
  }

  stop(): void {
    this.steps.stop();
    for (const hold of this.holds.values()) hold.stop(new Stopping());
  }

  private async make(task: BackgroundTask, hold: Hold): Promise<void> {
    if (task.isCancelled || task.error !== null) throw new NoLongerWanted();
    for (const [position, step] of task.steps.entries()) {
      const work = task.works[position];
      if (work === undefined || step.state === 'valid') continue;
      try {
        await this.steps.run(work, step, task.cursors[position] ?? null, hold);
      } catch (error) {
        throw isRefusedByRows(error) ? new RowsChangedError(step.description, { cause: error }) : error;
      }
    }
    await this.finish(task, hold);
  }

  /** The change itself, as if it were asked for now; what would take long is done. */
  private async finish(task: BackgroundTask, hold: Hold): Promise<void> {
    const { changes, isNumbered, confirm, remedies = {} } = task.edit as StoredEdit;
    const { by, address, requestId, prepared } = task;
    const origin = address === null && requestId === null ? null : { address, requestId };
    for (;;) {
      await hold.requireNow();
      const [paths, named] = [new Map<string, string>(), new Set<string>()];
      const context = {
        confirm,
        remedies,
        by,
        origin,
        paths,
        named,
        losesImplicitly: true,
        showsRecordsOf: () => false,
      };
      try {
        await this.transactions.run({ ...context, prepared: { id: task.id, ...prepared } }, async (manager) => {
          // If-Match was heeded when the change was accepted. Since then only what tables do not know may be another.
          const edit = { manager, paths, named, ifMatch: undefined };
          const ids = await this.editor.perform(changes, edit, isNumbered ? prefixOf : undefined);
          const isHeld = await this.store.settle(manager, task.id, hold.owner, 'valid', ids);
          if (!isHeld) throw new HoldLost();
        });
        return;
      } catch (error) {
        // Somebody's long query has the table: the change waits for as long as it takes.
        if (!(error instanceof SchemaBusyError)) throw error;
        await delay(1000);
      }
    }
  }

  private async stopOrUndo(task: BackgroundTask, hold: Hold, error: unknown): Promise<void> {
    const reason = await this.reasonOf(error, hold);
    if (reason instanceof HoldLost) return;
    if (isForOthers(reason)) {
      await this.store.release(this.dataSource, task.id, hold.owner);
      return;
    }
    const isCancelled = reason instanceof NoLongerWanted && task.error === null;
    if (!(reason instanceof NoLongerWanted)) await this.store.fail(this.dataSource, task.id, this.said(reason));
    for (const undo of task.undo) await this.steps.undo(undo);
    await this.store.settle(this.dataSource, task.id, hold.owner, isCancelled ? 'cancelled' : 'failed');
  }

  /** What was interrupted fails of the interruption; why it was is what counts. */
  private async reasonOf(error: unknown, hold: Hold): Promise<unknown> {
    try {
      await hold.requireNow();
      return error;
    } catch (reason) {
      return reason;
    }
  }

  private said(error: unknown): BackgroundError {
    const known =
      error instanceof DynamoError
        ? error
        : new SchemaChangeFailedError('a change in the background', { cause: error });
    if (known !== error)
      this.logger.error('A change in the background failed.', error instanceof Error ? error.stack : error);
    return { code: known.code, message: known.message, status: known.status };
  }
}

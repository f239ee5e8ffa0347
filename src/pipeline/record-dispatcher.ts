import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { RecordAction } from '../access/access-policy.js';
import { transactionConnection } from '../database/record-connection.js';
import { ModelNotFoundError } from '../errors/not-found.error.js';
import { SchemaChangedError } from '../errors/record.error.js';
import type { AdminController } from '../records/admin-controller.js';
import type { RecordActions } from '../records/model-controller.js';
import { type Repetition, Records } from '../records/records.js';
import { AccessViews } from './access-views.js';
import { AdminControllerFactory } from './admin-controller.factory.js';
import { AnswerRights } from './answer-rights.js';
import { APPLICATION, type Caller, OWN_WRITES } from './caller.js';
import { DeferredSignals } from './deferred-signals.js';
import { IdempotentWrites, type KeyedAnswer, type KeyedRequest } from './idempotent-writes.js';
import { ModelControllers } from './model-controllers.js';
import { ModelLoader } from './model.loader.js';
import { SignalEmitter } from './signal.emitter.js';
import { Wakefulness } from './wakefulness.js';

/** A model that is changed more often than this while one request waits is answered as such. */
const MOST_TRIES = 4;

/** Brings what is to be done with records to the controller of their model. */
@Injectable()
export class RecordDispatcher {
  constructor(
    @Inject(AdminControllerFactory) private readonly controllers: AdminControllerFactory,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
    @Inject(AccessViews) private readonly views: AccessViews,
    @Inject(SignalEmitter) private readonly signals: SignalEmitter,
    @Inject(ModelControllers) private readonly own: ModelControllers,
    @Inject(Wakefulness) private readonly wakefulness: Wakefulness,
    @Inject(IdempotentWrites) private readonly writes: IdempotentWrites,
    @Inject(AnswerRights) private readonly answerRights: AnswerRights,
  ) {}

  /** The record API of a model for programs. @param user whose rights count; without one nothing is refused */
  records(name: string, user?: { readonly as?: unknown }): Records {
    // A user that is undefined is nobody, and not somebody who may do everything.
    const caller = user !== undefined && 'as' in user ? this.inNameOf(user.as ?? null) : APPLICATION;
    return new Records(async (work, options) => {
      await this.look(name);
      return this.run(name, caller, work, options);
    });
  }

  /** One transaction over the records of several models, the definitions of others and the application's entities. */
  async transaction<T>(
    dataSource: DataSource,
    work: (manager: EntityManager, records: (name: string) => Records) => Promise<T>,
  ): Promise<T> {
    const signals = new DeferredSignals(this.signals);
    const result = await dataSource.transaction(async (manager) => {
      const connection = await transactionConnection(manager);
      return work(manager, (name) => {
        let controller: AdminController | undefined;
        return new Records(async (use) => use((controller ??= this.controllers.within({ connection, signals }, name))));
      });
    });
    signals.flush();
    return result;
  }

  /** What a request asks of a model: the application's own controller is asked where it has one. As {@link run}. */
  async dispatch<T>(
    action: RecordAction,
    name: string,
    caller: Caller,
    work: (actions: RecordActions) => Promise<T>,
    options?: Repetition,
  ): Promise<T> {
    await this.look(name);
    // Strangers do not learn which models there are.
    if (!this.controllers.has(name)) caller.view?.requireUnknown(name, action);
    return this.run(name, caller, (controller) => work(this.own.over(name, controller)), options);
  }

  /**
   * The same for a write that is carried out once, however often it is sent: in a transaction that keeps its answer.
   *
   * @param actions that it takes
   */
  async dispatchOnce(
    actions: readonly [RecordAction, ...RecordAction[]],
    name: string,
    caller: Caller,
    request: KeyedRequest,
    work: (actions: RecordActions) => Promise<string | void>,
  ): Promise<KeyedAnswer> {
    await this.look(name);
    // Strangers do not learn which models there are.
    if (!this.controllers.has(name)) caller.view?.requireUnknown(name, actions[0]);
    const rights = () => this.answerRights.of(name, caller, actions);
    return this.again(rights, async (known) =>
      this.writes.run(request, caller, known, (outlet) =>
        work(this.own.over(name, this.controllers.within(outlet, name, caller))),
      ),
    );
  }

  /** Asks the model's controller. @param name `app.model` */
  private async run<T>(
    name: string,
    caller: Caller,
    work: (controller: AdminController) => Promise<T>,
    options?: Repetition,
  ): Promise<T> {
    return this.again(() => this.controllers.get(name, caller), work, options);
  }

  /**
   * When a table is no longer what this node believed, or the model is gone, the definitions are read again and the work
   * is tried again: what failed has done nothing. Several changes may come in a row while a request waits for its turn.
   *
   * @param find what of the model is worked with
   */
  private async again<Found, T>(
    find: () => Found,
    work: (found: Found) => Promise<T>,
    { isRepeatable }: Repetition = { isRepeatable: true },
  ): Promise<T> {
    for (let left = MOST_TRIES - 1; ; left -= 1) {
      const found = find();
      try {
        return await work(found);
      } catch (error) {
        if (!(error instanceof ModelNotFoundError || error instanceof SchemaChangedError)) throw error;
        if (left === 0) throw error;
        await this.loader.catchUp();
        if (!isRepeatable) throw error;
      }
    }
  }

  private inNameOf(user: unknown): Caller {
    return { author: { user, origin: null }, view: this.views.ofUser(user), freshness: OWN_WRITES };
  }

  /** A model that is unknown here may have been made elsewhere a moment ago, and all of them have changed while this node slept. */
  private async look(name: string): Promise<void> {
    await this.wakefulness.afterSleep();
    if (!this.controllers.has(name)) await this.loader.catchUpSparingly();
  }
}

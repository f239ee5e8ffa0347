import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { type IdempotentAnswer, IdempotentAnswerStore, placeOf } from '../database/idempotent-answer.store.js';
import { wasCommitted } from '../database/lost-commit.js';
import { isUnavailable } from '../database/postgres-error.js';
import { transactionConnection } from '../database/record-connection.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { ChangeNotAppliedError } from '../errors/cluster.error.js';
import {
  IdempotencyInProgressError,
  IdempotencyKeyReusedError,
  IdempotencyKeysOffError,
  IdempotencyNeedsCallerError,
  WriteOutcomeUnknownError,
} from '../errors/idempotency.error.js';
import { AccessViews } from './access-views.js';
import type { Outlet } from './admin-controller.factory.js';
import { idsOnly, isTooLarge } from './answer-size.js';
import type { RightsOfAnswer } from './answer-rights.js';
import type { Caller } from './caller.js';
import { DeferredSignals } from './deferred-signals.js';
import { ModelLoader } from './model.loader.js';
import { ModelRegistry } from './model.registry.js';
import { SignalEmitter } from './signal.emitter.js';

/** A write that is carried out once, however often it is sent. */
export interface KeyedRequest {
  readonly key: string;
  /** Of everything that it asks. */
  readonly fingerprint: string;
  /** Of its answer. */
  readonly status: number;
}

/** What it is answered with. */
export interface KeyedAnswer {
  readonly status: number;
  readonly body: string | undefined;
  readonly isReplayed: boolean;
  /** Whether it is the whole answer, and not only the ids of its records. */
  readonly isWhole: boolean;
}

/** What one attempt does. */
type Work = (outlet: Outlet) => Promise<string | void>;

/**
 * Writes with an idempotency key. The answer is kept in the transaction of the write, so that there is one without the
 * other on no node, whichever of them stops when; an advisory lock of that transaction tells others that it is under way.
 */
@Injectable()
export class IdempotentWrites {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(IdempotentAnswerStore) private readonly answers: IdempotentAnswerStore,
    @Inject(AccessViews) private readonly views: AccessViews,
    @Inject(SignalEmitter) private readonly signals: SignalEmitter,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
  ) {}

  /** Carries a write out, or says what it was answered with. What fails has changed nothing, and keeps nothing. */
  async run(request: KeyedRequest, caller: Caller, rights: RightsOfAnswer, work: Work): Promise<KeyedAnswer> {
    if (this.options.idempotencyKeyLifetime === 0) throw new IdempotencyKeysOffError();
    const id = this.views.idOf(caller);
    if (id === undefined) throw new IdempotencyNeedsCallerError();
    const place = placeOf(id, request.key);
    const signals = new DeferredSignals(this.signals);
    const attempt = randomUUID();
    let done: KeyedAnswer | undefined;
    try {
      const earlier = await this.dataSource.transaction(async (manager) => {
        const connection = await transactionConnection(manager);
        const { runner } = connection;
        // Those who only want the answer take it as well, and are in nobody's way.
        const isTaken = await this.answers.take(runner, place);
        const known = await this.answers.find(runner, place);
        if (known !== undefined) return known;
        if (!isTaken) throw new IdempotencyInProgressError();
        const body = (await work({ connection, signals })) ?? undefined;
        const answer = this.kept(request, rights, attempt, body);
        if (!(await this.answers.keep(runner, place, answer))) throw new IdempotencyInProgressError();
        done = { status: request.status, body, isReplayed: false, isWhole: true };
        return undefined;
      });
      if (earlier !== undefined) return await this.replay(earlier, request, rights);
    } catch (error) {
      // Without all of the work done, there was no COMMIT.
      if (done === undefined || !isUnavailable(error)) throw error;
      await this.requireCommitted(place, attempt, error);
    }
    if (done === undefined) throw new Error('A write has neither been done nor been answered before.');
    signals.flush();
    return done;
  }

  private kept(
    { fingerprint, status }: KeyedRequest,
    rights: RightsOfAnswer,
    attempt: string,
    body: string | undefined,
  ): IdempotentAnswer {
    const isWhole = body === undefined || !isTooLarge(body);
    return {
      attempt,
      fingerprint,
      rights: rights.key,
      status,
      body: (isWhole ? body : idsOnly(body)) ?? null,
      isWhole,
      schemaVersion: this.registry.newest,
    };
  }

  /** @throws IdempotencyKeyReusedError, and where the write would be refused now what it would be refused with */
  private async replay(known: IdempotentAnswer, request: KeyedRequest, rights: RightsOfAnswer): Promise<KeyedAnswer> {
    if (known.fingerprint !== request.fingerprint) throw new IdempotencyKeyReusedError();
    // What the first answer knew of the models, this one knows too.
    await this.loader.reach(known.schemaVersion);
    const { status, body, isWhole } = known;
    if (known.rights === rights.key) return { status, body: body ?? undefined, isReplayed: true, isWhole };
    rights.require();
    return { status, body: body === null ? undefined : idsOnly(body), isReplayed: true, isWhole: false };
  }

  /** Only the answer to the COMMIT was lost. @throws ChangeNotAppliedError, WriteOutcomeUnknownError */
  private async requireCommitted(place: Buffer, attempt: string, cause: unknown): Promise<void> {
    const outcome = await wasCommitted((patience) => this.answers.has(this.dataSource, place, attempt, patience));
    if (outcome === undefined) throw new WriteOutcomeUnknownError({ cause });
    if (!outcome) throw new ChangeNotAppliedError({ cause });
  }
}

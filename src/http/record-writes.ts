import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { RecordAction } from '../access/access-policy.js';
import { etagOfText } from '../definition/etag.js';
import { type Caller, callerOf } from '../pipeline/caller.js';
import { RecordDispatcher } from '../pipeline/record-dispatcher.js';
import type { RecordActions } from '../records/model-controller.js';
import { fingerprintOf, idempotencyKeyOf, type WriteRequest } from './idempotency-key.js';

/** What Express and Fastify have in common here. */
interface WriteResponse {
  readonly statusCode: number;
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

/** A request that writes records of a model. */
export interface SentWrite {
  /** `app.model` */
  readonly model: string;
  readonly caller: Caller;
  readonly request: WriteRequest;
  readonly response: WriteResponse;
}

interface RecordsRequest extends WriteRequest {
  readonly params: { readonly app: string; readonly model: string };
}

/** The request that is to be carried out, for {@link RecordWrites}. */
export const Sent = createParamDecorator((_: unknown, context: ExecutionContext): SentWrite => {
  const http = context.switchToHttp();
  const request = http.getRequest<RecordsRequest>();
  const { app, model } = request.params;
  return { model: `${app}.${model}`, caller: callerOf(request), request, response: http.getResponse<WriteResponse>() };
});

/** What a write is. */
interface Kind {
  /** Rights that it takes. */
  readonly actions: readonly [RecordAction, ...RecordAction[]];
  /** Whether its answer is one record, whose tag is sent along. */
  readonly isTagged?: boolean;
}

/** Carries out writes of records: each time that they are sent, or, with an `Idempotency-Key`, once. */
@Injectable()
export class RecordWrites {
  constructor(@Inject(RecordDispatcher) private readonly records: RecordDispatcher) {}

  /** @returns the body of the answer, undefined where it has none */
  async run(
    sent: SentWrite,
    { actions, isTagged = false }: Kind,
    work: (actions: RecordActions) => Promise<string | void>,
  ): Promise<string | undefined> {
    const { model, caller, request, response } = sent;
    const key = idempotencyKeyOf(request);
    if (key !== undefined) return this.once(sent, { actions, isTagged }, key, work);
    const body = (await this.records.dispatch(actions[0], model, caller, work)) ?? undefined;
    if (isTagged && body !== undefined) response.header('ETag', etagOfText(body));
    return body;
  }

  private async once(
    { model, caller, request, response }: SentWrite,
    { actions, isTagged }: Kind,
    key: string,
    work: (actions: RecordActions) => Promise<string | void>,
  ): Promise<string | undefined> {
    const keyed = { key, fingerprint: fingerprintOf(request), status: response.statusCode };
    const answer = await this.records.dispatchOnce(actions, model, caller, keyed, work);
    const { status, body, isReplayed, isWhole } = answer;
    response.status(status);
    if (isReplayed) response.header('Idempotency-Replayed', 'true');
    if (isTagged && isWhole && body !== undefined) response.header('ETag', etagOfText(body));
    return body;
  }
}

import { HttpException, Inject, Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { EntityManager } from 'typeorm';
import type { ModelChange } from '../definition/model-definition.js';
import { DynamoError } from '../errors/dynamo.error.js';
import { VetoError } from '../errors/schema-change.error.js';
import type { RecordAnnouncement, RecordSignal, RecordSignals } from '../records/record-signals.js';
import { announcementsOf } from './announcements.js';
import { ReceiverList, type ReceiverOptions } from './receiver-list.js';
import type { ModelSignal, ModelSignalPayloads, Receiver, Signal, SignalPayloads } from './signals.js';

/** What goes out after COMMIT. */
type Sent = readonly [signal: Signal, payload: SignalPayloads[Signal]];

/**
 * Django's signals, step 6 of a change. Receivers of `pre_…` run one after the other in the transaction, and a throw vetoes the
 * change. Receivers of `post_…` run after COMMIT, on the node that made the change, and can break nothing; the same
 * signals go out as `dynamo.post_…` events.
 *
 * @example
 * signals.connect('pre_model_delete', ({ oldModel }) => { if (oldModel.name === 'Order') throw new Error('Orders stay.'); });
 */
@Injectable()
export class SignalEmitter implements RecordSignals {
  private readonly logger = new Logger(SignalEmitter.name);
  private readonly receivers = new Map<Signal, ReceiverList>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(@Inject(EventEmitter2) private readonly events: EventEmitter2) {}

  /** Calls `receiver` on every such signal, after those connected before. @returns a function that disconnects it */
  connect<S extends Signal>(signal: S, receiver: Receiver<S>, options: ReceiverOptions = {}): () => void {
    const receivers = this.receivers.get(signal) ?? new ReceiverList();
    this.receivers.set(signal, receivers);
    return receivers.connect(receiver, options);
  }

  /** Calls the receivers of one signal in order and waits for each; the first that throws ends it. */
  async send<S extends Signal>(signal: S, payload: SignalPayloads[S]): Promise<void> {
    for (const receiver of this.receiversOf(signal, payload)) await receiver(payload);
  }

  /** All `pre_…` signals of a change. @throws VetoError, or the receiver's own HttpException or DynamoError */
  async announceBefore(change: ModelChange, manager: EntityManager): Promise<void> {
    for (const { subject, payload } of announcementsOf(change)) {
      const signal: ModelSignal = `pre_${subject}`;
      await this.sendBefore(signal, { ...payload, manager } as ModelSignalPayloads[typeof signal]);
    }
  }

  /** All `post_…` signals of a change. Returns at once: whoever saved does not wait for receivers. */
  announceAfter(change: ModelChange): void {
    this.announce(announcementsOf(change).map(({ subject, payload }) => [`post_${subject}`, payload]));
  }

  /** Whether a receiver or a listener of `dynamo.…` events gets the signal when it is about this model. */
  isConnected(signal: RecordSignal, model: string): boolean {
    return this.receivers.get(signal)?.concerns(model) || Boolean(this.events.hasListeners(`dynamo.${signal}`));
  }

  /** A signal whose receivers may veto. @throws VetoError, or the receiver's own HttpException or DynamoError */
  async sendBefore<S extends Signal>(signal: S, payload: SignalPayloads[S]): Promise<void> {
    try {
      await this.send(signal, payload);
    } catch (error) {
      throw error instanceof HttpException || error instanceof DynamoError ? error : new VetoError(signal, error);
    }
  }

  /** Signals of records whose transaction is over. Returns at once. */
  sendAfter(announcements: readonly RecordAnnouncement[]): void {
    if (announcements.length > 0) this.announce(announcements.map(({ signal, payload }) => [signal, payload]));
  }

  /** Waits until every receiver that was called has finished. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private receiversOf<S extends Signal>(signal: S, payload: SignalPayloads[S]): readonly Receiver<S>[] {
    return this.receivers.get(signal)?.of<S>(payload) ?? [];
  }

  private announce(announcements: readonly Sent[]): void {
    const announced = this.deliver(announcements).finally(() => this.underWay.delete(announced));
    this.underWay.add(announced);
  }

  private async deliver(announcements: readonly Sent[]): Promise<void> {
    for (const [signal, payload] of announcements) {
      for (const receiver of this.receiversOf(signal, payload)) {
        await this.harmlessly(signal, async () => receiver(payload));
      }
      await this.harmlessly(signal, async () => this.events.emitAsync(`dynamo.${signal}`, payload));
    }
  }

  private async harmlessly(signal: Signal, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error(
        `A receiver of ${signal} failed; the change stays.`,
        error instanceof Error ? error.stack : error,
      );
    }
  }
}

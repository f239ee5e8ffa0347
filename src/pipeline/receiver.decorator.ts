import 'reflect-metadata';
import type { ReceiverOptions } from './receiver-list.js';
import type { Receiver, Signal } from './signals.js';

const RECEIVES = Symbol('dynamo:receives');

/** One signal that a method receives. */
export interface ReceiverMark {
  readonly signal: Signal;
  readonly options: ReceiverOptions;
}

/** What a method was marked with, in the order in which it is written. */
export const receiverMarks = (method: object): readonly ReceiverMark[] => {
  const marks: unknown = Reflect.getMetadata(RECEIVES, method);
  return Array.isArray(marks) ? (marks as readonly ReceiverMark[]) : [];
};

/**
 * Makes a method of a provider or controller a receiver of a signal; it can be several. Each is connected before the
 * application listens, and disconnected when it has closed. A subclass inherits it; a method that overrides it is a receiver only
 * when it says so itself. Receivers of `pre_…` run in the transaction and may veto by throwing; those of `post_…` run after COMMIT.
 *
 * @example
 * @DynamoReceiver('pre_save', { model: 'shop.Product' })
 * requirePrice({ values }: SignalPayloads['pre_save']): void {
 *   if (values['price'] === null) throw new Error('Products have a price.');
 * }
 */
export const DynamoReceiver =
  <S extends Signal>(signal: S, options: ReceiverOptions = {}) =>
  <Method extends Receiver<S>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const method: unknown = descriptor.value;
    if (typeof target === 'function' || typeof method !== 'function') {
      throw new TypeError(`@DynamoReceiver("${signal}") must stand on a method that is not static: ${String(key)}.`);
    }
    // Decorators run from the last to the first.
    Reflect.defineMetadata(RECEIVES, [{ signal, options }, ...receiverMarks(method)], method);
  };

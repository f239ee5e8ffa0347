import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { UnreachableReceiverError } from '../errors/receiver.error.js';
import { type ReceiverMark, receiverMarks } from './receiver.decorator.js';
import { SignalEmitter } from './signal.emitter.js';

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

interface FoundReceiver extends ReceiverMark {
  readonly instance: object;
  readonly method: string;
}

/** Connects the methods of the application that are marked with `@DynamoReceiver`. */
@Injectable()
export class ReceiverLoader implements OnModuleInit, OnApplicationShutdown {
  private disconnects: readonly (() => void)[] = [];

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
    @Inject(SignalEmitter) private readonly signals: SignalEmitter,
  ) {}

  /**
   * Modules come in the order in which the application imports them, providers before controllers. Not at
   * `onApplicationBootstrap`: what the application changes there is to be received already.
   *
   * @throws UnreachableReceiverError
   */
  onModuleInit(): void {
    const wrappers = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    const found = wrappers.filter(({ isAlias }) => !isAlias).flatMap((wrapper) => this.receiversOf(wrapper));
    this.disconnects = found.map(({ signal, options, instance, method }) =>
      this.signals.connect(signal, async (payload) => Reflect.get(instance, method).call(instance, payload), options),
    );
  }

  onApplicationShutdown(): void {
    for (const disconnect of this.disconnects) disconnect();
  }

  private receiversOf(wrapper: Wrapper): readonly FoundReceiver[] {
    const instance: unknown = wrapper.instance;
    if (typeof instance !== 'object' || instance === null) return [];
    const prototype: unknown = Object.getPrototypeOf(instance);
    if (typeof prototype !== 'object' || prototype === null) return [];
    const found = this.scanner.getAllMethodNames(prototype).flatMap((method) => {
      const marks = receiverMarks(Reflect.get(prototype, method));
      return marks.map((mark) => ({ ...mark, instance, method }));
    });
    const [first] = found;
    // There is one instance per request, and signals come without one.
    if (first !== undefined && (wrapper.isTransient || !wrapper.isDependencyTreeStatic())) {
      throw new UnreachableReceiverError(prototype.constructor.name, first.method, first.signal);
    }
    return found;
  }
}

import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { nameOfUser } from '../../access/author.js';
import { Replicas } from '../../database/replicas/replicas.js';
import { AuthenticationRequiredError } from '../../errors/access.error.js';
import { ServerStoppingError, TooManyRequestsError } from '../../errors/request.error.js';
import { AccessViews } from '../../pipeline/access-views.js';
import type { Caller } from '../../pipeline/caller.js';
import { ModelLoader } from '../../pipeline/model.loader.js';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import type { RecordMessage } from '../../pipeline/record-messages.js';
import { RecordWatch } from '../../pipeline/record-watch.service.js';
import type { RawQuery } from '../../records/admin-controller.js';
import type { EventStream } from './event-stream.js';
import { followedModels, followedNames } from './event-subscription.js';
import { Listener } from './listener.js';
import { RecordBatch } from './record-batch.js';
import { RecordEvents } from './record-events.service.js';
import { Sights } from './sights.service.js';

/** Connections at the same time, on one node. */
const MOST_LISTENERS = 1000;
/** The same of one person, key, or, for those who have not said who they are, address. */
const MOST_OF_CALLER = 50;
const RETRY_SECONDS = 10;
/** How often it is asked whether those who hear nothing are still who they were, in milliseconds. */
const CHECK_INTERVAL = 4000;
/** What happens within so many milliseconds is told together. */
const MOMENT = 50;

const callerKey = ({ author: { user, origin } }: Caller): string => {
  const name = nameOfUser(user);
  return name === undefined ? `address ${origin?.address ?? ''}` : `user ${name}`;
};

/** Everybody on this node who listens, and what they get to hear. */
@Injectable()
export class EventStreams implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(EventStreams.name);
  private readonly listeners = new Set<Listener>();
  private readonly callers = new Map<string, number>();
  private batches = new Map<string, RecordBatch>();
  private checking: NodeJS.Timeout | undefined;
  private due: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    @Inject(AccessViews) private readonly views: AccessViews,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
    @Inject(RecordWatch) private readonly watch: RecordWatch,
    @Inject(RecordEvents) private readonly records: RecordEvents,
    @Inject(Sights) private readonly sights: Sights,
    @Inject(Replicas) private readonly replicas: Replicas,
  ) {}

  /** How many listen. */
  get count(): number {
    return this.listeners.size;
  }

  onModuleInit(): void {
    this.registry.onChange(() => this.soon());
    this.watch.connect({ received: (news) => this.received(news), missed: () => this.missed() });
    this.checking = setInterval(() => this.deliver(), CHECK_INTERVAL).unref();
  }

  /** Before the server waits for its connections to end. */
  onModuleDestroy(): void {
    this.isStopping = true;
    clearInterval(this.checking);
    clearTimeout(this.due);
    for (const { stream } of this.listeners) stream.end();
  }

  /**
   * The events of whoever sends a request, from now on.
   *
   * @throws InvalidQueryError, AuthenticationRequiredError, TooManyRequestsError, ServerStoppingError
   */
  async open(request: object, caller: Caller, query: RawQuery): Promise<EventStream> {
    await this.requireListener(caller);
    const names = followedNames(query);
    const models = await this.followed(caller, names);
    const release = this.take(callerKey(caller));
    try {
      const ids = models.map(({ id }) => id);
      const leave = await this.watch.follow(ids);
      const listener = new Listener(this.views, request, caller, new Set(ids), this.sights.of(caller.view));
      listener.stream.once('close', () => {
        this.listeners.delete(listener);
        leave();
        release();
      });
      this.listeners.add(listener);
      this.greet(listener);
      if (this.isStopping) listener.stream.end();
      return listener.stream;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Nobody keeps a connection who is not known and may see nothing. */
  private async requireListener({ view }: Caller): Promise<void> {
    if (view === undefined || view.isKnownUser || this.sights.of(view).isAnything) return;
    await this.loader.catchUp();
    if (!this.sights.of(view).isAnything) throw new AuthenticationRequiredError('hear of changes');
  }

  private async followed(caller: Caller, names: readonly string[]) {
    try {
      return followedModels(this.registry, caller, names);
    } catch {
      // Another node may have made the model a moment ago.
      await this.loader.catchUp();
      return followedModels(this.registry, caller, names);
    }
  }

  /** @returns what gives the place back */
  private take(key: string): () => void {
    if (this.isStopping) throw new ServerStoppingError();
    const count = this.callers.get(key) ?? 0;
    const isFull = [...this.callers.values()].reduce((sum, one) => sum + one, 0) >= MOST_LISTENERS;
    if (isFull || count >= MOST_OF_CALLER) throw new TooManyRequestsError(RETRY_SECONDS);
    this.callers.set(key, count + 1);
    return () => {
      const left = (this.callers.get(key) ?? 1) - 1;
      if (left > 0) this.callers.set(key, left);
      else this.callers.delete(key);
    };
  }

  private greet(listener: Listener): void {
    const { stream, models } = listener;
    const names = [...models].flatMap((id) => this.registry.findById(id)?.name ?? []);
    const data = { version: this.registry.version, models: names.map((name) => name.replace('.', '/')) };
    if (!this.replicas.areThere) return stream.send('ready', data);
    listener.inTurn(async () => stream.send('ready', data, await this.position()));
  }

  /** Whoever hears of something asks for it at once, and a replica may not have it yet. */
  private async position(): Promise<string | undefined> {
    return (await this.replicas.position())?.toString();
  }

  private received(news: RecordMessage): void {
    const batch = this.batches.get(news.model) ?? new RecordBatch();
    this.batches.set(news.model, batch);
    batch.add(news);
    this.soon();
  }

  /** Nobody knows what has happened meanwhile. */
  private missed(): void {
    for (const listener of this.listeners) this.greet(listener);
  }

  private soon(): void {
    if (this.listeners.size > 0) this.due ??= setTimeout(() => this.deliver(), MOMENT).unref();
  }

  private deliver(): void {
    clearTimeout(this.due);
    this.due = undefined;
    const { batches } = this;
    this.batches = new Map();
    const delivery = this.records.delivery(batches);
    const position = batches.size === 0 ? undefined : this.position();
    // Each hears of things in their order, and waits for nobody else.
    for (const listener of this.listeners) listener.inTurn(() => this.tell(listener, delivery, position));
  }

  private async tell(
    listener: Listener,
    delivery: ReturnType<RecordEvents['delivery']>,
    position: Promise<string | undefined> | undefined,
  ): Promise<void> {
    try {
      if (!(await listener.renew())) return;
      const { sight, stream } = listener;
      listener.sight = this.sights.of(listener.view);
      for (const event of listener.sight === sight ? [] : listener.sight.changesSince(sight)) {
        stream.send('schema', event);
      }
      for (const event of await delivery(listener)) stream.send('records', event, await position);
    } catch (error) {
      this.logger.warn(`Cannot tell a listener what has changed: ${String(error)}`);
      // It connects again, and asks for everything anew.
      listener.stream.end();
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { ModelsDatabase } from '../database/models-database.js';
import { DYNAMO_ACCESS, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { type AccessPolicy, OpenAccess } from '../access/access-policy.js';
import { idOfUser } from '../access/author.js';
import { type AccessGround, AccessView, isAnonymous } from './access-view.js';
import type { Caller } from './caller.js';
import { ModelRegistry } from './model.registry.js';
import { RegisteredRecordModels } from './registered-record-models.js';

/** Views that are kept for users with the same rights; the least recently used goes first. */
const MOST_KEPT = 200;

/** What Express and Fastify have in common here. `user` is what a guard of the application has put there. */
interface HttpRequest {
  readonly user?: unknown;
  readonly ip?: unknown;
  readonly id?: unknown;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Gives everybody who sends a request the view of the models that is theirs. */
@Injectable()
export class AccessViews {
  private readonly ground: AccessGround;
  private readonly kept = new Map<string, AccessView>();

  constructor(
    @Inject(DYNAMO_ACCESS) private readonly policy: AccessPolicy,
    @Inject(ModelRegistry) registry: ModelRegistry,
    @Inject(FieldTypeRegistry) types: FieldTypeRegistry,
    @Inject(ModelsDatabase) database: ModelsDatabase,
    @Inject(DYNAMO_OPTIONS) options: ResolvedDynamoOptions,
    @Inject(RegisteredRecordModels) open: RegisteredRecordModels,
  ) {
    this.ground = { policy, registry, types, database, options, open };
  }

  /** Whoever sends this request. @throws what `identify` throws */
  async ofRequest(request: HttpRequest): Promise<Caller> {
    const user = (this.policy.identify === undefined ? request.user : await this.policy.identify(request)) ?? null;
    const origin = { address: textOf(request.ip), requestId: textOf(request.id) };
    const author = { user: isAnonymous(this.policy, user) ? null : user, origin };
    return { author, view: this.policy instanceof OpenAccess ? undefined : this.ofUser(user), freshness: {} };
  }

  /**
   * The same later: whoever sent this request may be nobody any more, or have other rights.
   *
   * @throws what `identify` throws
   */
  async again(request: HttpRequest): Promise<Caller> {
    // Another object, so that nothing that somebody remembers of the request is taken for an answer.
    return this.ofRequest(Object.create(request) as HttpRequest);
  }

  /**
   * What tells a caller from all others. Where everybody may do everything, those who say nothing are one.
   *
   * @returns undefined where nobody is known
   */
  idOf({ author: { user } }: Caller): string | undefined {
    const own = this.policy.idOf;
    const id = user === null || own === undefined ? idOfUser(user) : own.call(this.policy, user);
    return id ?? (this.policy instanceof OpenAccess ? '' : undefined);
  }

  /** The view of a user. */
  ofUser(user: unknown): AccessView {
    const own = this.policy.keyOf?.(user);
    if (own === undefined) return new AccessView(this.ground, user);
    // Who is not known is told to sign in, whatever else is the same.
    const key = `${isAnonymous(this.ground.policy, user) ? 'nobody' : 'somebody'}:${own}`;
    const view = this.kept.get(key) ?? new AccessView(this.ground, user);
    this.kept.delete(key);
    this.kept.set(key, view);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return view;
  }
}

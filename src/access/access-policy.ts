import type { Json } from '../definition/field-definition.js';
import type { ModelDefinition } from '../definition/model-definition.js';

/** What can be done with records. */
export type RecordAction = 'view' | 'add' | 'change' | 'delete';
/** What a policy is asked about; `schema` is everything about models and fields themselves. */
export type AccessAction = RecordAction | 'schema';

/** A yes with limits, at least one. A limit that is undefined refuses: it may be one that was forgotten. */
export interface Permit {
  /** Only the records that fit: a tree as in `filter=`, such as `{ "owner": { "$eq": 7 } }`. Left out: all records. */
  readonly where?: { readonly [name: string]: Json };
  /** Only these fields, to see or to write; the `id` can always be seen. Left out: all fields. */
  readonly fields?: readonly string[];
}

/** Yes, no, or yes with limits. */
export type Decision = boolean | Permit;

/** What a policy is asked. */
export interface AccessQuestion<User = unknown> {
  /** Who asks, as {@link AccessPolicy.identify} says; null when nobody is known. */
  readonly user: User | null;
  readonly action: AccessAction;
  /** Qualified name, such as `shop.Product`; null for `schema`. */
  readonly model: string | null;
  /** Null also for a model that there is not. */
  readonly definition: ModelDefinition | null;
}

/**
 * Decides who may do what. Dynamo asks for every request, and again for every model that a path of the request leads
 * over; without a policy nobody may do anything over HTTP.
 *
 * @example
 * @Injectable()
 * class ShopAccess implements AccessPolicy<User> {
 *   decide({ user, action, model }: AccessQuestion<User>): Decision {
 *     if (user?.isAdmin) return true;
 *     if (model === 'shop.Order') return user !== null && { where: { customer: { $eq: user.id } } };
 *     return action === 'view';
 *   }
 * }
 */
export interface AccessPolicy<User = unknown> {
  /**
   * Who sends a request, asked once for each. Left out: what the application's own guard has put on the request as `user`.
   */
  identify?(request: unknown): User | null | Promise<User | null>;
  /** Must not wait: what it needs, it has of the user. For `schema` only true is a yes. */
  decide(question: AccessQuestion<User>): Decision;
  /**
   * Users with the same key get the same decisions, so that what was prepared for one serves the others; another key
   * when the rights of a user change. Left out: every request is prepared anew.
   */
  keyOf?(user: User | null): string;
  /**
   * What tells a user from all others, and stays the same: whose idempotency keys these are. Undefined refuses them.
   * Left out: the user's `id`, `sub`, `username` or `email`, or the user, where that is a text or a number.
   */
  idOf?(user: User): string | undefined;
  /**
   * Whether a user that {@link identify} gave stands for people who have not said who they are, so that a refusal asks
   * them to sign in. Left out: only null does.
   */
  isAnonymous?(user: User | null): boolean;
}

/**
 * Everybody may do everything: for trusted networks, and applications whose own guards decide.
 *
 * @example DynamoModule.forRoot({ access: OpenAccess });
 */
export class OpenAccess implements AccessPolicy {
  readonly decide = (): Decision => true;
}

/**
 * Nobody may do anything: what holds until an application says otherwise.
 *
 * @example DynamoModule.forRoot({ access: ClosedAccess });
 */
export class ClosedAccess implements AccessPolicy {
  readonly decide = (): Decision => false;
}

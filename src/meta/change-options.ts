import type { RequestOrigin } from '../access/author.js';
import type { Remedies } from '../pipeline/change-context.js';

/** How a change is made. @example await models.deleteField('shop.Product.weight', { by: 'anna' }); */
export interface ChangeOptions {
  /** Hash of the plan whose losses are agreed to, from `plan()` or a {@link DestructiveChangeError}. */
  readonly confirm?: string | undefined;
  /** What to do about rows in the way, by the path of the blocker: `{ title: { action: 'backfill', value: '' } }`. */
  readonly remedies?: Remedies | undefined;
  /** Who makes the change, for the journal. */
  readonly by?: string | undefined;
  /** From where, for the journal. */
  readonly origin?: RequestOrigin | undefined;
  /**
   * Whether the plan and its errors may show samples of a model's records that are in the way; asked with the model's
   * id. Left out: of every model.
   */
  readonly showsRecordsOf?: ((modelId: string) => boolean) | undefined;
  /** ETag that the model or field must still have. */
  readonly ifMatch?: string | undefined;
  /**
   * How long to wait for a change that is made in the background, in milliseconds. Default: until it is done. After that
   * a {@link ChangeContinuesError} says where to ask for it.
   */
  readonly wait?: number | undefined;
}

/** Which models to list. @example const { total } = await models.list({ app: 'shop', limit: 20 }); */
export interface ModelFilter {
  readonly app?: string | undefined;
  readonly name?: string | undefined;
  /** From 1. */
  readonly page?: number;
  readonly limit?: number;
}

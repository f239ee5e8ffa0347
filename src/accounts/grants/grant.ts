import type { AccessAction } from '../../access/access-policy.js';
import type { Json } from '../../definition/field-definition.js';

/** A filter tree, as in `filter=`. */
export type FilterTreeJson = { readonly [name: string]: Json };

/**
 * A permission as it is stored and as rights are made of: models and fields by their ids, so that renames change
 * nothing. `schema` is about no model.
 */
export interface Grant {
  readonly action: AccessAction;
  readonly modelId: string | null;
  /** Ids of the only fields; null for all. */
  readonly fields: readonly string[] | null;
  /** The only records, with `#<id>` for the names of fields; null for all. */
  readonly rule: FilterTreeJson | null;
}

/** Whether two permissions are about the same, whatever their limits. */
export const isSameRight = (a: Grant, b: Grant): boolean => a.action === b.action && a.modelId === b.modelId;

/** A permission as people write it: models and fields by their names. */
export interface NamedGrant {
  readonly action: AccessAction;
  /** `shop.Product`; left out for `schema`. */
  readonly model?: string | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly where?: FilterTreeJson | undefined;
}

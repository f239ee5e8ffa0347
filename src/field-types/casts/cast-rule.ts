import type { FieldDefinition, KeyType } from '../../definition/field-definition.js';
import type { Cast, CastSource, ValueKind } from '../field-type.js';

/** How values of one kind become values of a type; undefined where they cannot. Shaped as `FieldType.castFrom`. */
export type CastRule<Options extends object = object> = (
  source: CastSource,
  target: FieldDefinition<Options>,
) => Cast | undefined;

/** Asks the rule for the kind of the source. A kind without a rule cannot be converted. */
export const byKind =
  <Options extends object>(rules: { readonly [Kind in ValueKind]?: CastRule<Options> }): CastRule<Options> =>
  (source, target) =>
    rules[source.type.values]?.(source, target);

/** For sources that are keys: asks the rule for the type of the key. */
export const byKey =
  <Options extends object>(rules: { readonly [Key in KeyType]?: CastRule<Options> }): CastRule<Options> =>
  (source, target) =>
    source.field.relatedKey === null ? undefined : rules[source.field.relatedKey]?.(source, target);

/** Every value stays as it is. */
export const keep = { using: (value) => value } satisfies Cast;

/** The rule for kinds whose values are stored alike. */
export const keepAll: CastRule = () => keep;

/**
 * A condition in steps: `then` is asked only where `first` holds. PostgreSQL runs the two sides of AND in whatever
 * order it likes, so `then` may hold a cast that fails elsewhere only because this is a CASE.
 */
export const guarded = (first: string, then: string): string => `CASE WHEN ${first} THEN ${then} ELSE false END`;

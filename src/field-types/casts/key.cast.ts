import type { KeyType } from '../../definition/field-definition.js';
import type { Cast } from '../field-type.js';
import { byKind, type CastRule, keepAll } from './cast-rule.js';
import { castToWholeNumber } from './exact-number.cast.js';
import { numberRange } from './number-range.js';
import { castToText } from './text.cast.js';
import { castToUuid } from './uuid.cast.js';

/** Keys of another type than before: no value can be kept, but a field without values may change. */
const NOTHING: Cast = { using: () => 'NULL', accepts: () => 'false' };

const ifIntegral =
  (rule: CastRule): CastRule =>
  (source, target) =>
    numberRange(source).integral ? rule(source, target) : undefined;

const fromKey =
  (rule: CastRule): CastRule =>
  (source, target) =>
    source.field.relatedKey === target.relatedKey ? keepAll(source, target) : (rule(source, target) ?? NOTHING);

const toNumber = (minimum: bigint, maximum: bigint): CastRule => {
  const rule = castToWholeNumber(minimum, maximum);
  return byKind({ text: rule, number: ifIntegral(rule), key: fromKey(rule) });
};

const RULES: { readonly [Key in KeyType]: CastRule } = {
  integer: toNumber(-(2n ** 31n), 2n ** 31n - 1n),
  bigint: toNumber(-(2n ** 63n), 2n ** 63n - 1n),
  uuid: byKind({ text: castToUuid, uuid: castToUuid, key: fromKey(castToUuid) }),
  text: byKind({ text: castToText, number: ifIntegral(castToText), uuid: castToText, key: fromKey(castToText) }),
};

/**
 * To the key of a related record. Only whether a value can be a key is asked here; whether such a record exists is for
 * the foreign key to tell.
 */
export const castToKey: CastRule = (source, target) =>
  target.relatedKey === null ? undefined : RULES[target.relatedKey](source, target);

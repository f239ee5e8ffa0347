import { describe, expect, it } from '@jest/globals';
import { limitsCheck, limitsInWords } from '../../../src/field-types/limits.js';
import { positiveInteger } from '../../../src/field-types/positive-integer.field-type.js';
import { fieldOfType } from '../../fixtures/field-types/definitions.js';

const condition = (parts: readonly string[] | undefined) => parts?.join('"x"');

describe('limits', () => {
  it.each([
    [{}, undefined, ''],
    [{ min: 1 }, `"x" >= '1'::integer`, ' of at least 1'],
    [{ max: '5' }, `"x" <= '5'::integer`, ' of at most 5'],
    [{ min: 0, max: 5 }, `"x" >= '0'::integer AND "x" <= '5'::integer`, ' between 0 and 5'],
  ])('of %j are a condition and words', (limits, sql, words) => {
    expect(condition(limitsCheck('integer', limits))).toBe(sql);
    expect(limitsInWords(limits)).toBe(words);
  });

  it('write values as literals', () => {
    expect(condition(limitsCheck('date', { min: `'; DROP TABLE canary` }))).toBe(
      `"x" >= '''; DROP TABLE canary'::date`,
    );
  });

  it.each([
    [{}, `"x" >= '0'::integer`],
    [{ min: 3 }, `"x" >= '3'::integer`],
    [{ max: 5 }, `"x" >= '0'::integer AND "x" <= '5'::integer`],
  ])('of a positive integer with %j end at zero at least', (options, sql) => {
    const field = fieldOfType(positiveInteger, options) as Parameters<typeof positiveInteger.check>[0];

    expect(condition(positiveInteger.check(field))).toBe(sql);
  });
});

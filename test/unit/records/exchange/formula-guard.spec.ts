import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guarded, unguarded } from '../../../../src/records/exchange/formula-guard.js';

describe('the guard against formulas', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x', "'=1", "''=1"])(
    'puts a quote before %j and takes exactly one off',
    (text) => {
      expect(guarded(text)).toBe(`'${text}`);
      expect(unguarded(guarded(text))).toBe(text);
    },
  );

  it.each(['', 'a=1', "'", "''", "'tis", "it's", ' =1', '1-1', '"=1"'])('leaves %j alone, both ways', (text) => {
    expect(guarded(text)).toBe(text);
    expect(unguarded(text)).toBe(text);
  });

  it('loses nothing of any text', () => {
    const text = fc.array(fc.constantFrom("'", '=', '-', '＠', 'a', '\t'), { maxLength: 5 }).map((all) => all.join(''));

    fc.assert(fc.property(text, (given) => unguarded(guarded(given)) === given));
  });
});

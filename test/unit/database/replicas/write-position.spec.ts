import { describe, expect, it } from '@jest/globals';
import { WritePosition } from '../../../../src/database/replicas/write-position.js';

const covers = (one: string, other: string) => {
  const [replica, wanted] = [WritePosition.parse(one), WritePosition.parse(other)];
  return replica !== undefined && wanted !== undefined && replica.covers(wanted);
};

describe('a position in the log', () => {
  it.each([
    ['1-0/16B3748', '1-0/16B3748', true],
    ['1-0/16B3749', '1-0/16B3748', true],
    ['1-0/16B3747', '1-0/16B3748', false],
    ['1-1/0', '1-0/FFFFFFFF', true],
    ['1-9/0', '1-A/0', false],
    // Numbers of JavaScript would not tell these apart.
    ['1-FFFFFFFF/FFFFFFFE', '1-FFFFFFFF/FFFFFFFF', false],
    // What a timeline has that another one left is not known to that.
    ['1-0/5000000', '2-0/4000000', false],
    ['2-0/5000000', '1-0/4000000', true],
  ])('%s has all of %s: %p', (replica, wanted, expected) => {
    expect(covers(replica, wanted)).toBe(expected);
  });

  it('is written as PostgreSQL writes it, after its timeline', () => {
    expect(String(WritePosition.at(3, '16/B374D848'))).toBe('3-16/B374D848');
    expect(String(WritePosition.parse('1-0/0'))).toBe('1-0/0');
    expect(String(WritePosition.BEYOND)).toBe('4294967295-FFFFFFFF/FFFFFFFF');
  });

  it('ends before the header of a page on which nothing is yet', () => {
    expect(String(WritePosition.ofNext(1, '0/3002018'))).toBe('1-0/3002000');
    expect(String(WritePosition.ofNext(1, '0/3002020'))).toBe('1-0/3002020');
  });
});

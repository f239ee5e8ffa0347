import { describe, expect, it } from '@jest/globals';
import { duration } from '../../../src/field-types/duration.field-type.js';
import { intervalText, microsecondsOf } from '../../../src/field-types/duration-text.js';

describe('the text of a duration', () => {
  it.each([
    ['PT0S', 0n],
    ['PT0.000001S', 1n],
    ['PT1.5S', 1_500_000n],
    ['PT1M', 60_000_000n],
    ['PT1H', 3_600_000_000n],
    ['P1D', 86_400_000_000n],
    ['P1DT2H3M4.5S', 93_784_500_000n],
    ['-PT5S', -5_000_000n],
    ['P99999999999999999999D', 8_639_999_999_999_999_999_913_600_000_000n],
  ])('is a count of microseconds: %s', (text, microseconds) => {
    expect(microsecondsOf(text)).toBe(microseconds);
  });

  it.each([
    [0n, 'P0DT0.000000S'],
    [1n, 'P0DT0.000001S'],
    [-1n, 'P-0DT-0.000001S'],
    [93_784_500_000n, 'P1DT7384.500000S'],
    [-93_784_500_000n, 'P-1DT-7384.500000S'],
  ])('has a sign for each part when PostgreSQL reads it: %s', (microseconds, text) => {
    expect(intervalText(microseconds)).toBe(text);
  });

  it('is one text for one length', () => {
    expect(['P1D', 'PT24H', 'PT1440M', 'PT86400S', 'P0DT23H60M'].map(duration.parse)).toEqual(
      Array.from({ length: 5 }, () => 'P1DT0.000000S'),
    );
  });

  it('is at most 100,000,000 days', () => {
    expect(duration.parse('P100000000D')).toBe('P100000000DT0.000000S');
    expect(() => duration.parse('P100000000DT0.000001S')).toThrow('must be at most 100000000 days');
    expect(() => duration.parse('-P100000001D')).toThrow('must be at most 100000000 days');
  });
});

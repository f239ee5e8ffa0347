import { describe, expect, it } from '@jest/globals';
import { isoDuration, readableDuration } from '../../../admin-ui/src/fields/duration-text.js';

describe('a length of time', () => {
  it.each([
    ['P1DT2H30M', '1d 2h 30m'],
    ['PT4.5S', '4.5s'],
    ['-PT90M', '-90m'],
    ['P0D', '0s'],
    ['PT0S', '0s'],
    ['P100000000D', '100000000d'],
  ])('is read by people: %s is %s', (iso, readable) => {
    expect(readableDuration(iso)).toBe(readable);
  });

  it.each([
    ['1d 2h 30m', 'P1DT2H30M'],
    ['90m', 'PT90M'],
    ['90 min', 'PT90M'],
    ['4.5s', 'PT4.5S'],
    ['- 1H 5S', '-PT1H5S'],
    ['2d', 'P2D'],
    ['0s', 'PT0S'],
    [' PT1H ', 'PT1H'],
    ['-P1DT0.000001S', '-P1DT0.000001S'],
  ])('is typed by people: %s is %s', (typed, iso) => {
    expect(isoDuration(typed)).toBe(iso);
  });

  it.each(['', 'soon', '5', '1y', '1h 1d', '1.5h', '1.1234567s', 'P', 'PT', '-', '1d 2'])('is not "%s"', (typed) => {
    expect(isoDuration(typed)).toBeUndefined();
  });

  it.each(['P1DT2H30M4.5S', '-PT1S', 'P3D', 'PT0S'])('is the same when nobody has changed it: %s', (iso) => {
    expect(isoDuration(readableDuration(iso))).toBe(iso);
  });
});

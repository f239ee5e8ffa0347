import { describe, expect, it } from '@jest/globals';
import { boolean } from '../../../src/field-types/boolean.field-type.js';
import { dateTime } from '../../../src/field-types/date-time.field-type.js';
import { numberFromText } from '../../../src/field-types/number-text.js';

describe('the text of a query string', () => {
  it.each([
    ['12', 12],
    ['-1.5', -1.5],
    ['1e3', 1000],
    ['0', 0],
  ])('is the number it shows: %s', (text, number) => {
    expect(numberFromText(text)).toBe(number);
  });

  it.each(['', ' ', 'abc', '12abc', 'NaN', '1,5'])('stays a text when it shows no number: "%s"', (text) => {
    expect(numberFromText(text)).toBe(text);
  });

  it('is a boolean only as true or false', () => {
    expect(['true', 'false', 'True', '1', 'yes', ''].map(boolean.fromText)).toEqual([
      true,
      false,
      'True',
      '1',
      'yes',
      '',
    ]);
  });

  it('has its plus sign back that arrived as a space', () => {
    expect(dateTime.fromText('2026-03-29T02:30:00 01:00')).toBe('2026-03-29T02:30:00+01:00');
    expect(dateTime.fromText('2026-03-29T02:30:00-01:00')).toBe('2026-03-29T02:30:00-01:00');
    expect(dateTime.fromText('2026-03-29T02:30:00Z')).toBe('2026-03-29T02:30:00Z');
  });
});

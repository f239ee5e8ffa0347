import { describe, expect, it } from '@jest/globals';
import { compareDecimals, decimalDigits, plainDecimal } from '../../../src/field-types/decimal-text.js';

describe('the text of a decimal number', () => {
  it.each([
    ['1', '1.00', 0],
    ['-0', '0', 0],
    ['007', '7', 0],
    ['0.1', '0.2', -1],
    ['-0.1', '-0.2', 1],
    ['12345678901234567890.0123456789', '12345678901234567890.012345678', 1],
    ['9', '10', -1],
    ['-1', '1', -1],
  ])('is compared by value: %s with %s', (a, b, order) => {
    expect(compareDecimals(a, b)).toBe(order);
  });

  it.each([
    ['1', 2, '1.00'],
    ['-0.5', 2, '-0.50'],
    ['-0.00', 2, '0.00'],
    ['00012', 0, '12'],
    ['0', 0, '0'],
    ['.'.padStart(2, '0') + '05', 3, '0.050'],
  ])('has all its places: %s with %i', (text, places, plain) => {
    expect(plainDecimal(text, places)).toBe(plain);
  });

  it('has no exponent', () => {
    expect([decimalDigits(1e-7), decimalDigits(1e21), decimalDigits('1.50')]).toEqual([
      '0.0000001',
      '1000000000000000000000',
      '1.50',
    ]);
  });
});

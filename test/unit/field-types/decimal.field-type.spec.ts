import { describe, expect, it } from '@jest/globals';
import { InvalidValueError } from '../../../src/errors/invalid-value.error.js';
import { decimal } from '../../../src/field-types/decimal.field-type.js';
import { fieldOfType } from '../../fixtures/field-types/definitions.js';

type DecimalField = Parameters<typeof decimal.sqlType>[0];
const field = (options: object) => fieldOfType(decimal, options) as DecimalField;

describe('decimal', () => {
  it.each([
    [{}, 'a number with at most 10 digits before and 2 after the point, such as "99.55"'],
    [{ precision: 2, scale: 1 }, 'a number with at most 1 digits before and 1 after the point, such as "9.5"'],
    [{ precision: 3, scale: 3 }, 'a number with at most 0 digits before and 3 after the point, such as "0.55"'],
    [{ precision: 4, scale: 0 }, 'a number with at most 4 digits before and 0 after the point, such as "99"'],
  ])('with %j says what it expects', (options, expected) => {
    expect(decimal.expects(field(options))).toBe(expected);
  });

  it('accepts the example that it gives', () => {
    const example = (options: object) => /"(.+)"/.exec(decimal.expects(field(options)))?.[1] ?? '';

    const examples = [{}, { precision: 2, scale: 1 }, { precision: 3, scale: 3 }, { precision: 4, scale: 0 }].map(
      (options) => decimal.parse(example(options), field(options)),
    );

    expect(examples).toEqual(['99.55', '9.5', '0.550', '99']);
  });

  it('refuses a scale beyond the precision', () => {
    expect(decimal.checkOptions({ precision: 2, scale: 3 })).toBe('"scale" must not be more than "precision"');
    expect(decimal.checkOptions({ precision: 2, scale: 2 })).toBeUndefined();
  });

  it('does not count zeros in front', () => {
    expect(decimal.parse('000000000000012.50', field({ precision: 4, scale: 2 }))).toBe('12.50');
  });

  it('gives one text for one number, as PostgreSQL does', () => {
    const parse = (value: string | number) => decimal.parse(value, field({ precision: 4, scale: 2 }));

    expect([parse(1), parse('1'), parse('01.0'), parse('1.00')]).toEqual(['1.00', '1.00', '1.00', '1.00']);
    expect([parse('-0'), parse('-0.5'), parse(0)]).toEqual(['0.00', '-0.50', '0.00']);
  });

  it('refuses a JSON number that has lost digits on its way', () => {
    const parse = () => decimal.parse(1_234_567_890.123_456_7, field({ precision: 30, scale: 10 }));

    expect(parse).toThrow(InvalidValueError);
    expect(parse).toThrow('has more digits than a JSON number keeps; send it as a string');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BodyTooComplexError } from '../../../src/errors/request.error.js';
import { type JsonLimits, requireModestShape } from '../../../src/http/json-shape.js';
import { shapeOf } from '../../fixtures/json-shape.js';
import { dynamoError } from '../../fixtures/problem.js';
import { rounds } from '../../support/rounds.js';

const MEGABYTES = 2 ** 20;

const read = (text: string, limits?: JsonLimits) => () => requireModestShape(Buffer.from(text), limits);
const tooComplex = (message: RegExp) => dynamoError('body_too_complex', message);

const refuses = (text: string, limits: JsonLimits): boolean => {
  try {
    requireModestShape(Buffer.from(text), limits);
    return false;
  } catch (error) {
    if (error instanceof BodyTooComplexError) return true;
    throw error;
  }
};

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
/** An object of so many keys, whose names begin with `name`. */
const wide = (keys: number, name = 'key'): string =>
  `{${Array.from({ length: keys }, (_, index) => `"${name}${index}":1`).join(',')}}`;
const list = (length: number, item: (index: number) => string): string =>
  `[${Array.from({ length }, (_, index) => item(index)).join(',')}]`;

const record = JSON.stringify(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field_${index}`, 'text'])));

describe('the shape of JSON', () => {
  it.each([
    ['nothing', ''],
    ['a value', '42'],
    ['100 levels of arrays', nested(100)],
    ['100 levels of objects', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`],
    ['many lists beside each other', list(10_000, () => nested(99))],
    ['an object with 10,000 keys', wide(10_000)],
    ['50,000 different keys', list(5, (index) => wide(10_000, `k${index}_`))],
    ['a load of 40,000 records with 20 fields', list(40_000, () => record)],
    ['a million zeros', list(999_999, () => '0')],
    ['a text of 16 MB', JSON.stringify('x'.repeat(16 * MEGABYTES))],
    ['brackets in a text', JSON.stringify('['.repeat(1000))],
    ['brackets in a key', JSON.stringify({ ['{'.repeat(1000)]: 1 })],
    ['commas in a text', JSON.stringify(','.repeat(2_000_000))],
    ['quotes in a text', JSON.stringify('"[{,"'.repeat(1000))],
    ['backslashes at the end of a text', JSON.stringify(['\\', '\\\\', '['.repeat(200)])],
    ['an escaped quote after a backslash', JSON.stringify(`\\"${'['.repeat(200)}`)],
    ['brackets that only close', ']}'.repeat(1000)],
    ['a text without an end', '"\\'],
  ])('may be %s', (_title, text) => {
    expect(read(text)).not.toThrow();
  });

  it.each([
    ['101 levels of arrays', nested(101), /more than 100 levels .*inside each other\. Send it flatter\./],
    ['101 levels of objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`, /more than 100 levels/],
    ['levels below others that are closed', `[${nested(100)},[]]`, /more than 100 levels/],
    ['levels behind a text that ends in a backslash', `["\\\\",${nested(100)}]`, /more than 100 levels/],
    ['levels that never close', '['.repeat(8_000_000), /more than 100 levels/],
    ['10,001 keys', wide(10_001), /more than 10,000 keys in one object\. Send a list/],
    ['10,001 keys of the same name', `{${'"a":1,'.repeat(10_000)}"a":1}`, /more than 10,000 keys in one object/],
    ['10,001 keys around an object', `{"a":{"b":1},${wide(10_000).slice(1)}`, /more than 10,000 keys in one object/],
    ['a million different keys in small objects', list(10_000, (index) => wide(100, `k${index}_`)), /50,000 different/],
    ['more values than a million', list(1_000_001, () => '0'), /more than 1,000,000 values\. Send it in several parts/],
    ['a million empty objects', list(1_000_000, () => '{}'), /more than 1,000,000 values/],
  ])('may not be %s', (_title, text, message) => {
    expect(read(text)).toThrow(tooComplex(message));
  });

  it('is judged as by whoever has parsed it, whatever is in the texts', () => {
    const property = fc.property(
      fc.jsonValue({
        maxDepth: 5,
        stringUnit: fc.constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', 'é', '🎸', '\n'),
      }),
      fc.constantFrom(undefined, 2, '\t'),
      fc.record({ levels: fc.nat(5), keys: fc.nat(5), differentKeys: fc.constant(1000), values: fc.nat(20) }),
      (value, indent, limits) => {
        const isRefused = refuses(JSON.stringify(value, null, indent), limits);

        const { levels, keys, values } = shapeOf(value);
        expect(isRefused).toBe(levels > limits.levels || keys > limits.keys || values > limits.values);
      },
    );

    fc.assert(property, { numRuns: rounds(500, 2000) });
  });
});

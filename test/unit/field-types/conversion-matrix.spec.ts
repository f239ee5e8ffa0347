import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { classify, conversionMatrix } from '../../../src/field-types/conversion.js';
import { conversionMatrixMarkdown } from '../../../src/field-types/conversion-matrix.markdown.js';
import { FIELD_TYPES } from '../../../src/field-types/index.js';

const PAGE = join(import.meta.dirname, '../../../docs/conversions.md');
const using = (value: string): string => value;

describe('the class of a cast', () => {
  it.each([
    ['impossible', undefined],
    ['lossless', { using }],
    ['checked', { using, accepts: () => 'true' }],
    ['lossy', { using, loses: 'the date' }],
    ['lossy', { using, accepts: () => 'true', loses: 'the date' }],
  ])('is %s', (conversion, cast) => {
    expect(classify(cast)).toBe(conversion);
  });
});

describe('the matrix of conversions', () => {
  it('has every pair of two types', () => {
    const pairs = conversionMatrix(FIELD_TYPES).map(({ from, to }) => `${from} → ${to}`);

    expect(new Set(pairs).size).toBe(FIELD_TYPES.length * (FIELD_TYPES.length - 1));
    expect(pairs).toHaveLength(new Set(pairs).size);
  });

  it('says what is lost', () => {
    expect(conversionMatrix(FIELD_TYPES)).toContainEqual({
      from: 'date_time',
      to: 'date',
      conversion: 'lossy',
      loses: 'the time of day',
    });
  });

  it('is what docs/conversions.md shows (UPDATE_DOCS=1 writes it)', () => {
    const markdown = conversionMatrixMarkdown(FIELD_TYPES);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, markdown);

    expect(readFileSync(PAGE, 'utf8')).toBe(markdown);
  });
});

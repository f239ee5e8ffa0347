import { describe, expect, it } from '@jest/globals';
import { conditionOfTree, mistakesIn, parseQuery } from '../../../fixtures/record-model.js';
import { dynamoError } from '../../../fixtures/problem.js';

const many = (count: number, item: unknown) => Array.from({ length: count }, () => item);
const nested = (levels: number): unknown => (levels === 0 ? { size: 1 } : { $not: nested(levels - 1) });
const alternatives = (count: number) => ({ $or: many(count, { size: 1 }) });

describe('the limits of a query', () => {
  it.each([
    ['five names in a path', () => parseQuery({ 'filter.parent.parent.parent.parent.name': 'x' })],
    ['a hundred conditions', () => conditionOfTree(alternatives(100))],
    ['five hundred values in a list', () => conditionOfTree({ size: { $in: many(500, 1) } })],
    ['twenty levels of nesting', () => conditionOfTree(nested(20))],
    ['eight sort keys', () => parseQuery({ sortBy: many(8, 'name:ASC').join(',') })],
    ['twenty includes', () => parseQuery({ include: many(20, 'parent') })],
    ['an include five deep', () => parseQuery({ include: 'parent.parent.parent.parent.parent' })],
  ])('allow %s', (_title, ask) => {
    expect(ask).not.toThrow();
  });

  it.each([
    [
      'six names in a path',
      () => parseQuery({ 'filter.parent.parent.parent.parent.parent.name': 'x' }),
      /5 names in a path/,
    ],
    ['more than a hundred conditions', () => conditionOfTree(alternatives(101)), /100 conditions/],
    ['as many tests in text', () => parseQuery({ 'filter.size': many(101, '1') }), /100 conditions/],
    ['as many words', () => parseQuery({ search: many(101, 'a').join(' ') }), /100 conditions/],
    ['more than five hundred values', () => conditionOfTree({ size: { $in: many(501, 1) } }), /500 values in a list/],
    ['65,536 values', () => parseQuery({ 'filter.size': `$in:${many(7000, '1').join(',')}` }), /500 values in a list/],
    ['five hundred related ids', () => conditionOfTree({ tags: { $contains: many(501, 1) } }), /500 values in a list/],
    ['more than twenty levels', () => conditionOfTree(nested(21)), /20 levels of nesting/],
    ['a thousand levels', () => conditionOfTree(nested(1000)), /20 levels of nesting/],
    ['a long filter', () => parseQuery({ filter: JSON.stringify({ name: 'x'.repeat(16_000) }) }), /16000 characters/],
    ['nine sort keys', () => parseQuery({ sortBy: many(9, 'name') }), /8 sort keys/],
    ['more than twenty includes', () => parseQuery({ include: many(21, 'parent') }), /20 included relations/],
    ['an include six deep', () => parseQuery({ include: 'parent.parent.parent.parent.parent.parent' }), /5 names/],
    ['relations to many four deep', () => parseQuery({ include: 'tags.tags.tags.tags' }), /3 relations to many/],
    ['nine groups', () => parseQuery({ aggregate: 'count', groupBy: many(9, 'name') }), /8 paths to group by/],
    ['many aggregates', () => parseQuery({ aggregate: many(21, 'count') }), /20 aggregates/],
  ])('refuse %s, and name the limit', (_title, ask, message) => {
    expect(ask).toThrow(dynamoError('too_complex', message));
  });

  it('list a hundred mistakes at most', () => {
    const query = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`p${index}`, 'x']));

    expect(mistakesIn(query)).toBe(100);
  });
});

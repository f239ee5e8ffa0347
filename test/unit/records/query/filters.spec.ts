import { describe, expect, it } from '@jest/globals';
import { conditionOf, conditionOfTree } from '../../../fixtures/record-model.js';

describe('a filter', () => {
  it.each([
    ['a bare value', 'filter.size', '5', 't."size" = $1::integer', [5]],
    ['an operator', 'filter.size', '$gte:5', 't."size" >= $1::integer', [5]],
    ['a value beyond the rules of the field', 'filter.size', '$lt:100', 't."size" < $1::integer', [100]],
    ['a list', 'filter.size', '$in:1,2', 't."size" = ANY($1::integer[])', [[1, 2]]],
    ['a range', 'filter.size', '$btw:1,2', 't."size" BETWEEN $1::integer AND $2::integer', [1, 2]],
    ['no value', 'filter.size', '$null', 't."size" IS NULL', []],
    ['a negation', 'filter.size', '$not:$null', '(t."size" IS NULL) IS NOT TRUE', []],
    ['a double negation', 'filter.size', '$not:$not:5', 't."size" = $1::integer', [5]],
    ['a text with an operator in it', 'filter.name', '$eq:$eq:x', 't."name" = $1::character varying', ['$eq:x']],
    ['a text with wildcards', 'filter.name', '$contains:5%_\\', 't."name" ILIKE $1::text', ['%5\\%\\_\\\\%']],
    ['a comma in a list', 'filter.name', '$in:a\\,b,c', 't."name" = ANY($1::character varying[])', [['a,b', 'c']]],
    ['an id', 'filter.id', '$gt:0', 't.id > $1::bigint', [0]],
    ['a related id', 'filter.parent', '7', 't."parent_id" = $1::bigint', [7]],
    [
      'related ids',
      'filter.tags',
      '7',
      'EXISTS (SELECT FROM "public"."sample_tags" j WHERE j.source_id = t.id AND j.target_id = $1::bigint)',
      [7],
    ],
    [
      'a path to one',
      'filter.parent.size',
      '5',
      't.id IN (SELECT t.id FROM "public"."sample" t LEFT JOIN "public"."sample" a1 ON a1.id = t."parent_id" WHERE a1."size" = $1::integer)',
      [5],
    ],
    [
      'a path to many',
      'filter.tags.size',
      '5',
      'EXISTS (SELECT FROM "public"."sample" a1 JOIN "public"."sample_tags" a1j ON a1j.target_id = a1.id WHERE a1j.source_id = t.id AND a1."size" = $1::integer)',
      [5],
    ],
  ])('of %s becomes SQL with parameters', (_title, key, value, sql, values) => {
    const condition = conditionOf({ [key]: value });

    expect(condition).toEqual({ sql, values });
  });

  it('joins tests of one relation over one table', () => {
    const { sql } = conditionOf({ 'filter.parent.size': ['$gt:1', '$lt:5'], 'filter.parent.name': 'x' });

    expect(sql.match(/LEFT JOIN/g)).toHaveLength(1);
    expect(sql).toContain('(a1."size" > $1::integer AND a1."size" < $2::integer AND a1."name" = $3');
  });

  it('joins tests that begin with $or by OR, and that group with the rest', () => {
    const { sql } = conditionOf({ 'filter.size': ['$or:1', '$or:2'], 'filter.name': 'x' });

    expect(sql).toBe('(t."name" = $1::character varying AND (t."size" = $2::integer OR t."size" = $3::integer))');
  });

  it.each([
    [{ size: 5 }, 't."size" = $1::integer'],
    [{ size: null }, 't."size" IS NULL'],
    [{ size: { $null: false } }, 't."size" IS NOT NULL'],
    [
      { $or: [{ size: 1 }, { size: 2, name: 'x' }] },
      '(t."size" = $1::integer OR (t."size" = $2::integer AND t."name" = $3::character varying))',
    ],
    [{ $not: { size: 5 } }, '(t."size" = $1::integer) IS NOT TRUE'],
    [{ size: { $not: { $in: [1] } } }, '(t."size" = ANY($1::integer[])) IS NOT TRUE'],
  ])('as a tree %j becomes SQL', (tree, sql) => {
    expect(conditionOfTree(tree).sql).toBe(sql);
  });

  it('asks for nothing when its tree is empty', () => {
    expect(conditionOfTree({})).toEqual({ sql: '', values: [] });
  });

  it('searches every word in every text', () => {
    expect(conditionOf({ search: ' red  50% ' })).toEqual({
      sql: '(t."name" ILIKE $1::text AND t."name" ILIKE $2::text)',
      values: ['%red%', '%50\\%%'],
    });
  });
});

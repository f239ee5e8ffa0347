import { describe, expect, it } from '@jest/globals';
import { dynamoError } from '../../../fixtures/problem.js';
import { parseQuery, sampleModel } from '../../../fixtures/record-model.js';
import { beyondPlace, decodeCursor, encodeCursor, type Place } from '../../../../src/records/query/cursor.js';
import { reversed } from '../../../../src/records/query/sort.js';
import { Source, StatementDraft } from '../../../../src/records/query/source.js';

const keysOf = (sortBy: string) => parseQuery({ sortBy }).sortBy;

const conditionAfter = (sortBy: string, place: Place) =>
  beyondPlace(keysOf(sortBy), place).sql(new Source(sampleModel, new StatementDraft(), 't'));

describe('a cursor', () => {
  it('holds the values of the sort keys and nothing else', () => {
    const keys = keysOf('size:DESC,name:ASC');

    const cursor = encodeCursor(keys, '[null, "A\\"b", 7]');

    expect(cursor).toMatch(/^[\w-]+$/);
    expect(Buffer.from(cursor, 'base64url').toString()).toMatch(/^\["[0-9a-f]{12}",\[null, "A\\"b", 7\]\]$/);
    expect(decodeCursor(keys, cursor, 'after')).toEqual([null, 'A"b', 7]);
  });

  it.each([
    ['another order', encodeCursor(keysOf('name:DESC'), '["A", 7]'), /another order/],
    ['too few values', encodeCursor(keysOf('name:ASC'), '["A"]'), /too few/],
    ['a null where none can be', encodeCursor(keysOf('name:ASC'), '[null, 7]'), /"name"/],
    ['a value of another type', encodeCursor(keysOf('name:ASC'), '["A", "7; DROP TABLE x"]'), /"id" must be/],
    ['an object', encodeCursor(keysOf('name:ASC'), '[{"$gt":""}, 7]'), /"name"/],
    ['NUL in a text', encodeCursor(keysOf('name:ASC'), '["a\\u0000", 7]'), /NUL/],
    ['no JSON', Buffer.from('hello').toString('base64url'), /this is none/],
    ['no list', Buffer.from('{"a":1}').toString('base64url'), /this is none/],
    ['a character that base64url does not have', 'abc=', /this is none/],
  ])('is refused with %s', (_title, cursor, message) => {
    const decode = () => decodeCursor(keysOf('name:ASC'), cursor, 'after');

    expect(decode).toThrow(dynamoError('invalid_cursor', message));
  });

  it('compares rows where all keys go one way and none is ever null', () => {
    expect(conditionAfter('id:ASC', [7])).toBe('(t.id) > ($1::bigint)');
    expect(conditionAfter('name:ASC', ['A', 7])).toBe('(t."name", t.id) > ($1::character varying, $2::bigint)');
    expect(conditionAfter('name:DESC,id:DESC', ['A', 7])).toBe(
      '(t."name", t.id) < ($1::character varying, $2::bigint)',
    );
  });

  it('compares key by key where they go both ways', () => {
    expect(conditionAfter('name:DESC', ['A', 7])).toBe(
      '((t."name" < $1::character varying) OR (t."name" = $1::character varying AND t.id > $2::bigint))',
    );
  });

  it('knows that nulls come last going up and first going down', () => {
    expect(conditionAfter('size:ASC', [3, 7])).toBe(
      '(((t."size" > $1::integer OR t."size" IS NULL)) OR (t."size" = $1::integer AND t.id > $2::bigint))',
    );
    expect(conditionAfter('size:ASC', [null, 7])).toBe('((FALSE) OR (t."size" IS NULL AND t.id > $1::bigint))');
    expect(conditionAfter('size:DESC', [3, 7])).toBe(
      '((t."size" < $1::integer) OR (t."size" = $1::integer AND t.id > $2::bigint))',
    );
    expect(conditionAfter('size:DESC', [null, 7])).toBe(
      '((t."size" IS NOT NULL) OR (t."size" IS NULL AND t.id > $1::bigint))',
    );
  });

  it('turns every key to go back', () => {
    const keys = reversed(keysOf('size:DESC,name:ASC'));

    expect(keys.map(({ path, direction }) => [path.name, direction])).toEqual([
      ['size', 'ASC'],
      ['name', 'DESC'],
      ['id', 'DESC'],
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { RowsAhead, tablesAhead, withRows } from '../../../src/schema/rows-ahead.js';
import { schemaState } from '../../../src/schema/schema-state.js';
import { column, joinTable, table } from '../../fixtures/operations/states.js';

const song = table('song', [column('title', 'text', { name: 'the "title"' }), column('year', 'integer')]);
const join = joinTable('song_songs', song, song);
const year = { label: 'year', value: 'r."year"' };

describe('the rows of a table', () => {
  it('begin as they are', () => {
    const rows = RowsAhead.of(song);

    expect(rows.value('title')).toBe('r."the ""title"""');
    expect(rows.table).toBe('"public"."song"');
    expect(rows.isEmpty).toBe(false);
  });

  it('have nothing in a column that is not there', () => {
    expect(RowsAhead.of(song).value('composer')).toBe('NULL');
  });

  it('cannot be there when the table is new', () => {
    const rows = RowsAhead.ofNew(song);

    expect(rows.isEmpty).toBe(true);
    expect(rows.value('year')).toBe('NULL::integer');
    expect(rows.select('true', [])).toBe('SELECT  FROM (SELECT WHERE false) r WHERE true');
  });

  it('get another value without being changed themselves', () => {
    const rows = RowsAhead.of(song);
    const later = rows.with('year', 'r."year" + 1');

    expect(later.value('year')).toBe('r."year" + 1');
    expect(rows.value('year')).toBe('r."year"');
  });

  it('are selected by their id', () => {
    expect(RowsAhead.of(song).select('r."year" > 0', [year])).toBe(
      'SELECT r."id" AS "id", r."year" AS "year" FROM "public"."song" r WHERE r."year" > 0 ORDER BY r."id"',
    );
  });

  it('are those of the records that they belong to, in a join table', () => {
    const target = { label: 'target', value: 'r."target_id"' };

    expect(RowsAhead.of(join).select('true', [target])).toBe(
      'SELECT r."source_id" AS "id", r."target_id" AS "target" FROM "public"."song_songs" r WHERE true ORDER BY r."source_id"',
    );
  });

  it('are counted with up to five of them', () => {
    expect(RowsAhead.of(song).count('r."year" > 0', [year])).toEqual({
      text:
        'SELECT (SELECT count(*)::int FROM "public"."song" r WHERE r."year" > 0) AS count, ' +
        `(SELECT coalesce(json_agg(sample), '[]') FROM (SELECT r."id" AS "id", r."year" AS "year" ` +
        'FROM "public"."song" r WHERE r."year" > 0 ORDER BY r."id" LIMIT 5) sample) AS samples',
    });
  });

  it('are counted by equal values where none is missing, in one order', () => {
    const groups =
      'SELECT r."year" AS "year", count(*)::int AS "records" FROM "public"."song" r WHERE r."year" IS NOT NULL ' +
      'GROUP BY 1 HAVING count(*) > 1';

    expect(RowsAhead.of(song).countRepeated([year])).toEqual({
      text:
        `SELECT (SELECT count(*)::int FROM (${groups}) repeated) AS count, ` +
        `(SELECT coalesce(json_agg(sample), '[]') FROM (${groups} ORDER BY 1 LIMIT 5) sample) AS samples`,
    });
  });

  it('keep their values and their id when some of them go', () => {
    const rows = RowsAhead.of(song).where('r."year" > 0');

    expect(rows.value('title')).toBe('r.c1');
    expect(rows.select('true', [{ label: 'year', value: rows.value('year') }])).toBe(
      'SELECT r.key AS "id", r.c2 AS "year" FROM (SELECT r."id" AS key, r."id" AS c0, r."the ""title""" AS c1, ' +
        'r."year" AS c2 FROM "public"."song" r WHERE r."year" > 0) r WHERE true ORDER BY r.key',
    );
  });

  it('are numbered among those with equal values', () => {
    const rows = RowsAhead.of(song).numbered(['title', 'year'], 'DESC', 'nth');

    expect(rows.value('nth')).toBe('r.c3');
    expect(rows.select('true', [])).toContain(
      'row_number() OVER (PARTITION BY r."the ""title""", r."year" ORDER BY r."id" DESC) AS c3',
    );
  });

  it('become rows of another table, without an id', () => {
    const pairs = new Map([['target', 'r."year"']]);
    const rows = RowsAhead.of(song).derived(pairs, 'r."year" IS NOT NULL');

    expect(rows.isEmpty).toBe(false);
    expect(rows.value('target')).toBe('r.c0');
    expect(rows.select('true', [])).toBe(
      'SELECT  FROM (SELECT r."year" AS c0 FROM "public"."song" r WHERE r."year" IS NOT NULL) r WHERE true',
    );
  });
});

describe('the rows of all tables', () => {
  const tables = tablesAhead(schemaState([song, join]));

  it('are known by the id of the table', () => {
    expect([...tables.keys()]).toEqual([song.id, join.id]);
  });

  it('change one table at a time', () => {
    const changed = withRows(tables, song.id, (rows) => rows.with('year', '0'));

    expect(changed.get(song.id)?.value('year')).toBe('0');
    expect(changed.get(join.id)).toBe(tables.get(join.id));
    expect(tables.get(song.id)?.value('year')).toBe('r."year"');
  });

  it('stay the same when there is no such table', () => {
    expect(withRows(tables, 'another', (rows) => rows.with('year', '0'))).toBe(tables);
  });
});

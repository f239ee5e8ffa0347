import { describe, expect, it } from '@jest/globals';
import { lockStatement } from '../../../src/pipeline/table-locks.js';
import { planSchema } from '../../../src/schema/schema-planner.js';
import { schemaState, type TableState } from '../../../src/schema/schema-state.js';
import { column, foreignKey, joinTable, table } from '../../fixtures/operations/states.js';

const withRelation = (item: TableState, to: TableState): TableState => ({
  ...item,
  columns: [...item.columns, column('to', 'bigint')],
  constraints: [...item.constraints, foreignKey(`fk_${item.name}`, 'to', to)],
});
const withYear = (item: TableState): TableState => ({ ...item, columns: [...item.columns, column('year', 'integer')] });
const locksOf = (before: readonly TableState[], after: readonly TableState[]) =>
  lockStatement(planSchema(schemaState(before), schemaState(after)));

// Names against the order of the alphabet, so that only the relations put them right.
const artist = table('z_artist', []);
const album = withRelation(table('m_album', []), artist);
const song = withRelation(table('a_song', []), album);
const tables = [song, album, artist];

describe('the locks of a plan', () => {
  it('are taken parents first, whatever the order of the tables', () => {
    const statement = 'LOCK TABLE "public"."z_artist", "public"."m_album", "public"."a_song" IN ACCESS EXCLUSIVE MODE';

    expect(locksOf(tables, tables.map(withYear))).toBe(statement);
    expect(locksOf(tables.toReversed(), tables.map(withYear))).toBe(statement);
  });

  it('come in one order where tables refer to each other', () => {
    const hen = withRelation(table('hen', []), table('egg', []));
    const egg = withRelation(table('egg', []), table('hen', []));
    const statement = 'LOCK TABLE "public"."hen", "public"."egg" IN ACCESS EXCLUSIVE MODE';

    expect(locksOf([hen, egg], [hen, egg].map(withYear))).toBe(statement);
    expect(locksOf([egg, hen], [egg, hen].map(withYear))).toBe(statement);
  });

  it('are not waited for in a table that refers to itself', () => {
    const node = withRelation(table('node', []), table('node', []));

    expect(locksOf([node, artist], [node, artist].map(withYear))).toBe(
      'LOCK TABLE "public"."node", "public"."z_artist" IN ACCESS EXCLUSIVE MODE',
    );
  });

  it('are on the tables as they are called before the plan', () => {
    const renamed = withYear({ ...artist, name: 'musician' });

    expect(locksOf([artist], [renamed])).toBe('LOCK TABLE "public"."z_artist" IN ACCESS EXCLUSIVE MODE');
  });

  it('are only on tables that change', () => {
    const [first, ...others] = tables;

    expect(locksOf(tables, [withYear(withYear(table('b', []))), ...others, ...(first ? [first] : [])])).toBeUndefined();
  });

  it('are on what a relation to many joins, when that goes', () => {
    const join = joinTable('joined', artist, song);

    expect(locksOf([...tables, join], tables)).toBe('LOCK TABLE "public"."joined" IN ACCESS EXCLUSIVE MODE');
  });

  it('are left to the one operation of a plan, and to nobody when only new tables come', () => {
    expect(locksOf([artist], [withYear(artist)])).toBeUndefined();
    expect(locksOf([], tables)).toBeUndefined();
    expect(locksOf(tables, tables)).toBeUndefined();
  });
});

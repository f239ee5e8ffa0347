import { describe, expect, it } from '@jest/globals';
import { planSchema } from '../../../src/schema/schema-planner.js';
import { schemaState, type TableState } from '../../../src/schema/schema-state.js';
import { check, column, foreignKey, index, joinTable, table, unique } from '../../fixtures/operations/states.js';

const plan = (before: readonly TableState[], after: readonly TableState[]) =>
  planSchema(schemaState(before), schemaState(after));
const sentences = (before: readonly TableState[], after: readonly TableState[]) =>
  plan(before, after).describe().split('\n');

const name = column('name', 'text');
const year = column('year', 'integer');
const song = table('song', [name, year]);

/** Two tables that refer to each other. */
const bareEgg = table('egg', [column('hen', 'bigint')]);
const bareHen = table('hen', [column('egg', 'bigint')]);
const egg = { ...bareEgg, constraints: [...bareEgg.constraints, foreignKey('fk_hen', 'hen', bareHen)] };
const hen = { ...bareHen, constraints: [...bareHen.constraints, foreignKey('fk_egg', 'egg', bareEgg)] };

describe('a plan', () => {
  it('is empty when nothing differs', () => {
    expect(plan([song], [song])).toMatchObject({ operations: [], isEmpty: true, destructive: [] });
    expect(plan([], [])).toMatchObject({ operations: [], isEmpty: true });
  });

  it('is empty when only labels or the order of columns, constraints and indexes differ', () => {
    const before = table('song', [name, year], {
      constraints: [unique('uq_1', 'name'), unique('uq_2', 'year')],
      indexes: [index('ix_1', 'name'), index('ix_2', 'year')],
    });
    const after = {
      ...before,
      label: 'music.Song',
      columns: before.columns.map((item) => ({ ...item, label: `${item.label} of a song` })).toReversed(),
      constraints: before.constraints.toReversed(),
      indexes: before.indexes.toReversed(),
    };

    expect(plan([before], [after]).isEmpty).toBe(true);
  });

  it('is empty when only the words for a check differ', () => {
    const checked = (expects: string) =>
      table('song', [year], { constraints: [check('ck', 'year', ['', ' > 0'], expects)] });

    expect(plan([checked('above 0')], [checked('positive')]).isEmpty).toBe(true);
  });

  it('creates tables that refer to each other before their foreign keys', () => {
    expect(sentences([], [egg, hen])).toEqual([
      'Create table egg for egg',
      'Create table hen for hen',
      'Make "hen" of egg refer to hen (on delete restrict)',
      'Make "egg" of hen refer to egg (on delete restrict)',
    ]);
  });

  it('drops tables that refer to each other after their foreign keys', () => {
    expect(sentences([egg, hen], [])).toEqual([
      'No longer make "hen" of egg refer to hen',
      'No longer make "egg" of hen refer to egg',
      'Drop table egg of egg with all its rows',
      'Drop table hen of hen with all its rows',
    ]);
  });

  it('creates and drops a table that refers to itself', () => {
    const bare = table('node', [column('parent', 'bigint')]);
    const node = { ...bare, constraints: [...bare.constraints, foreignKey('fk', 'parent', bare)] };

    expect(sentences([], [node])).toEqual([
      'Create table node for node',
      'Make "parent" of node refer to node (on delete restrict)',
    ]);
    expect(sentences([node], [])).toEqual([
      'No longer make "parent" of node refer to node',
      'Drop table node of node with all its rows',
    ]);
  });

  it('drops join tables before the tables that they join', () => {
    const tag = table('tag', []);
    const join = joinTable('song_tags', song, tag);

    expect(sentences([song, tag, join], []).slice(2)).toEqual([
      'Drop join table song_tags of song.tags with all its pairs',
      'Drop table song of song with all its rows',
      'Drop table tag of tag with all its rows',
    ]);
  });

  it('drops a column before another one takes its name', () => {
    const replaced = table('song', [column('new', 'text', { name: 'name' }), year]);

    expect(sentences([song], [replaced])).toEqual([
      'Drop column name of song with all its values',
      'Add column name (text) to song',
    ]);
  });

  it('drops a column before another one is renamed to its name', () => {
    const renamed = table('song', [column('year', 'integer', { name: 'name' })]);

    expect(sentences([song], [renamed])).toEqual([
      'Drop column name of song with all its values',
      'Rename column year of song to name',
    ]);
  });

  it('drops a table before another one is renamed or created under its name', () => {
    const tune = table('tune', [name]);

    expect(sentences([song, tune], [{ ...tune, name: 'song' }])).toEqual([
      'Drop table song of song with all its rows',
      'Rename table tune to song',
    ]);
    expect(sentences([song], [{ ...tune, name: 'song' }])).toEqual([
      'Drop table song of song with all its rows',
      'Create table song for tune',
    ]);
  });

  it('exchanges two names, each renamed column going to a name that nobody had', () => {
    const swapped = table('song', [
      { ...name, name: 'year_1' },
      { ...year, name: 'name_2' },
    ]);

    expect(sentences([song], [swapped])).toEqual([
      'Rename column name of song to year_1',
      'Rename column year of song to name_2',
    ]);
  });

  it('makes room first and promises last', () => {
    const artist = table('artist', []);
    const before = table('song', [column('name', 'text', { nullable: false }), year, column('old', 'text')], {
      constraints: [unique('uq_old', 'year')],
      indexes: [index('ix_old', 'year')],
    });
    const after = table(
      'song',
      [
        column('name', 'text', { name: 'title' }),
        column('year', 'integer', { nullable: false, default: `'1967'::integer` }),
        column('artist', 'bigint'),
      ],
      {
        name: 'tune',
        constraints: [unique('uq_new', 'name'), foreignKey('fk_new', 'artist', artist)],
        indexes: [index('ix_new', 'artist')],
      },
    );

    expect(plan([before], [after, artist]).operations.map(({ kind }) => kind)).toEqual([
      'drop_constraint',
      'drop_index',
      'drop_not_null',
      'drop_column',
      'rename_table',
      'rename_column',
      'create_table',
      'add_column',
      'set_default',
      'add_foreign_key',
      'set_not_null',
      'add_unique',
      'create_index',
    ]);
  });

  it('is not made when no operation leads to the wanted state', () => {
    const elsewhere = { ...song, schema: 'archive' };

    expect(() => plan([song], [elsewhere])).toThrow('No operations lead to the wanted state of song.');
  });
});

describe('the hash of a plan', () => {
  const addYear = () => plan([table('song', [name])], [song]);

  it('is the same for the same plan', () => {
    expect(addYear().hash).toMatch(/^[0-9a-f]{12}$/);
    expect(addYear().hash).toBe(addYear().hash);
  });

  it('is another for another plan', () => {
    const dropYear = plan([song], [table('song', [name])]);

    expect(dropYear.hash).not.toBe(addYear().hash);
  });
});

describe('the summary of a plan', () => {
  it('shows what would be done, what it costs, and what would be lost', () => {
    const dropYear = plan([song], [table('song', [name])]);

    expect(dropYear.summarize([], [], () => 7)).toEqual({
      hash: dropYear.hash,
      destructive: true,
      operations: [
        {
          kind: 'drop_column',
          description: 'Drop column year of song with all its values',
          destructive: true,
          lock: 'ACCESS EXCLUSIVE',
          rewrites: 'nothing',
          rows: 7,
          sql: ['ALTER TABLE "public"."song" DROP COLUMN "year"'],
        },
      ],
      blockers: [],
      warnings: [],
      preparation: [],
    });
  });
});

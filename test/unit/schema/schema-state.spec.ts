import { describe, expect, it } from '@jest/globals';
import { columnOf, schemaState, withColumn, withTable } from '../../../src/schema/schema-state.js';
import { column, table } from '../../fixtures/operations/states.js';

const song = table('song', [column('name', 'text')]);
const state = schemaState([song]);

describe('a state', () => {
  it('finds a column by its id', () => {
    expect(columnOf(song, 'name')).toMatchObject({ name: 'name', sqlType: 'text' });
    expect(() => columnOf(song, 'year')).toThrow('Table song has no column with id year.');
  });

  it('is never changed: a change gives another state', () => {
    const changed = withColumn(state, song.id, 'name', (item) => ({ ...item, name: 'title' }));

    expect(changed.tables.get(song.id)).toMatchObject({ columns: [{ name: 'id' }, { name: 'title' }] });
    expect(state.tables.get(song.id)).toBe(song);
  });

  it('is the same when there is no such table', () => {
    expect(withTable(state, 'another', (item) => ({ ...item, name: 'x' }))).toBe(state);
  });
});

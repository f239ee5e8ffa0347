import { describe, expect, it } from '@jest/globals';
import { diffSchemas } from '../../../src/schema/schema-diff.js';
import { schemaState } from '../../../src/schema/schema-state.js';
import { shorterThan, toText, toWholeNumber } from '../../fixtures/operations/conversions.js';
import { check, column, foreignKey, index, table, unique } from '../../fixtures/operations/states.js';

const name = column('name', 'text');
const year = column('year', 'integer');
const artist = table('artist', [name]);
const song = table('song', [name, year]);
const diff = (before: readonly (typeof song)[], after: readonly (typeof song)[]) =>
  diffSchemas(schemaState(before), schemaState(after));

describe('the difference of two states', () => {
  it('is nothing for the same state', () => {
    expect(diff([song], [song])).toMatchObject({
      addedTables: [],
      droppedTables: [],
      addedColumns: [],
      droppedColumns: [],
      addedConstraints: [],
      droppedConstraints: [],
      addedIndexes: [],
      droppedIndexes: [],
    });
  });

  it('matches by id: a rename is no drop and add', () => {
    const renamed = { ...table('song', [{ ...name, name: 'title' }, year]), name: 'tune' };

    expect(diff([song], [renamed])).toMatchObject({
      addedTables: [],
      droppedTables: [],
      addedColumns: [],
      droppedColumns: [],
      keptTables: [{ before: { name: 'song' }, after: { name: 'tune' } }],
      keptColumns: [
        { before: { name: 'id' }, after: { name: 'id' } },
        { before: { name: 'name' }, after: { name: 'title' } },
        { before: { name: 'year' }, after: { name: 'year' } },
      ],
    });
  });

  it('sees another id under the same name as a drop and an add', () => {
    const replaced = table('song', [{ ...name, id: 'another' }, year]);

    expect(diff([song], [replaced])).toMatchObject({
      droppedColumns: [{ item: { id: 'name', name: 'name' } }],
      addedColumns: [{ item: { id: 'another', name: 'name' } }],
    });
  });

  it('lists columns of kept tables only, but constraints and indexes of new tables too', () => {
    const full = table('song', [name], { constraints: [unique('uq', 'name')], indexes: [index('ix', 'name')] });

    expect(diff([], [full])).toMatchObject({
      addedTables: [{ name: 'song' }],
      addedColumns: [],
      keptColumns: [],
      addedConstraints: [{ item: { kind: 'primary_key' } }, { item: { name: 'uq' } }],
      addedIndexes: [{ item: { name: 'ix' } }],
    });
    expect(diff([full], [])).toMatchObject({
      droppedTables: [{ name: 'song' }],
      droppedColumns: [],
      droppedConstraints: [{ item: { kind: 'primary_key' } }, { item: { name: 'uq' } }],
      droppedIndexes: [],
    });
  });

  it('names the table as it is before for what goes, and as it is after for what comes', () => {
    const before = table('song', [name]);
    const after = { ...table('song', [year]), name: 'tune' };

    expect(diff([before], [after])).toMatchObject({
      droppedColumns: [{ table: { name: 'song' }, item: { name: 'name' } }],
      addedColumns: [{ table: { name: 'tune' }, item: { name: 'year' } }],
    });
  });

  it('replaces a constraint or index under the same name when it means something else', () => {
    const before = table('song', [name, year], { constraints: [unique('uq', 'name')], indexes: [index('ix', 'name')] });
    const after = table('song', [name, year], {
      constraints: [unique('uq', 'name', 'year')],
      indexes: [index('ix', 'year')],
    });

    expect(diff([before], [after])).toMatchObject({
      droppedConstraints: [{ item: { columns: ['name'] } }],
      addedConstraints: [{ item: { columns: ['name', 'year'] } }],
      droppedIndexes: [{ item: { columns: ['name'] } }],
      addedIndexes: [{ item: { columns: ['year'] } }],
    });
  });

  it('replaces a foreign key when what it refers to or its rule for deletion is another', () => {
    const to = (target: typeof artist, onDelete?: Parameters<typeof foreignKey>[3]) =>
      table('song', [year], { constraints: [foreignKey('fk', 'year', target, onDelete)] });

    expect(diff([to(artist)], [to(artist, 'CASCADE')]).addedConstraints).toHaveLength(1);
    expect(diff([to(artist)], [to(song)]).addedConstraints).toHaveLength(1);
  });

  it('keeps a foreign key whose table only got another name', () => {
    const to = (target: typeof artist) => table('song', [year], { constraints: [foreignKey('fk', 'year', target)] });

    expect(diff([to(artist)], [to({ ...artist, name: 'musician', label: 'Musician' })])).toMatchObject({
      addedConstraints: [],
      droppedConstraints: [],
    });
  });

  it('takes constraints away and brings them back where other values come into their columns', () => {
    const constraints = [unique('uq', 'name', 'year'), check('ck', 'year', ['', ' > 0'], 'above 0')];
    const before = table('song', [name, year], { constraints });
    const after = table('song', [name, { ...year, sqlType: 'text' }], { constraints });

    const found = diffSchemas(schemaState([before]), schemaState([after]), new Map([['year', toText]]));

    expect(found.droppedConstraints.map(({ item }) => item.name)).toEqual(['uq', 'ck']);
    expect(found.addedConstraints.map(({ item }) => item.name)).toEqual(['uq', 'ck']);
  });

  it('leaves constraints in place where values stay as they are', () => {
    const before = table('song', [name, year], {
      constraints: [unique('uq', 'name'), check('ck', 'name', ['', ` <> ''`], 'not empty')],
    });

    const found = diffSchemas(schemaState([before]), schemaState([before]), new Map([['name', shorterThan(4)]]));

    expect(found).toMatchObject({ droppedConstraints: [], addedConstraints: [] });
  });

  it('takes only checks away where the type is another and the values are the same', () => {
    const constraints = [unique('uq', 'name'), check('ck', 'name', ['', ` <> ''`], 'not empty')];
    const before = table('song', [{ ...name, sqlType: 'character varying(9)' }], { constraints });
    const after = table('song', [name], { constraints });

    const found = diffSchemas(schemaState([before]), schemaState([after]), new Map([['name', shorterThan(4)]]));

    expect(found.droppedConstraints.map(({ item }) => item.name)).toEqual(['ck']);
    expect(found.addedConstraints.map(({ item }) => item.name)).toEqual(['ck']);
  });

  it.each([
    ['another type', { sqlType: 'text' }, undefined, true],
    ['other values of the same type', {}, toWholeNumber, true],
    ['the same values, of which not all may suit', {}, shorterThan(4), false],
    ['another name', { name: 'released' }, undefined, false],
  ])('tells whether the column itself must change: %s', (_title, rest, conversion, isRetyped) => {
    const after = table('song', [name, { ...year, ...rest }]);
    const conversions = new Map(conversion && [['year', conversion]]);

    const found = diffSchemas(schemaState([song]), schemaState([after]), conversions);

    expect(found.keptColumns.find(({ after: { id } }) => id === 'year')).toMatchObject({ isRetyped });
  });
});

import { describe, expect, it } from '@jest/globals';
import { type CatalogTable, compareWithCatalog, defaultDifferences } from '../../../src/schema/schema-drift.js';
import { column, foreignKey, index, table, unique } from '../../fixtures/operations/states.js';

const artist = table('artist', []);
const wanted = table(
  'song',
  [
    column('name', 'character varying(255)', { nullable: false, default: `'a'::character varying(255)` }),
    column('artist', 'bigint', { name: 'artist_id' }),
  ],
  {
    constraints: [unique('uq', 'name', 'artist'), foreignKey('fk', 'artist', artist, 'SET NULL')],
    indexes: [index('ix', 'artist')],
  },
);

const [id, name, artistId] = [
  { name: 'id', sqlType: 'bigint', nullable: false, default: null, identity: true },
  {
    name: 'name',
    sqlType: 'character varying(255)',
    nullable: false,
    default: `'a'::character varying(255)`,
    identity: false,
  },
  { name: 'artist_id', sqlType: 'bigint', nullable: true, default: null, identity: false },
];
const key = { references: null, onDelete: null, validated: true };
const primaryKey = { ...key, name: 'pk_song', kind: 'primary_key', columns: ['id'] };
const uniqueKey = { ...key, name: 'uq', kind: 'unique', columns: ['name', 'artist_id'] };
const reference = {
  name: 'fk',
  kind: 'foreign_key',
  columns: ['artist_id'],
  references: 'artist',
  onDelete: 'SET NULL',
  validated: true,
};
const artistIndex = { name: 'ix', columns: ['artist_id'], valid: true };

/** The table as it should be, but for what a test says. */
const found = (difference: Partial<CatalogTable> = {}): CatalogTable => ({
  name: 'song',
  columnsEver: 3,
  columns: [id, name, artistId],
  constraints: [primaryKey, uniqueKey, reference],
  indexes: [artistIndex],
  ...difference,
});

describe('a table and its definition', () => {
  it('agree when everything is as it should be, in any order', () => {
    const reordered = found({ columns: [artistId, id, name], constraints: [reference, uniqueKey, primaryKey] });

    expect(compareWithCatalog(wanted, found())).toEqual([]);
    expect(compareWithCatalog(wanted, reordered)).toEqual([]);
  });

  it.each([
    ['a missing column', { columns: [id, name] }, 'song: column artist_id is missing'],
    [
      'a column that nobody asked for',
      { columns: [id, name, artistId, { ...artistId, name: 'extra' }] },
      'song: column extra is not part of the definition',
    ],
    [
      'another type',
      { columns: [id, { ...name, sqlType: 'text' }, artistId] },
      'song: column name is text not null instead of character varying(255) not null',
    ],
    [
      'another length',
      { columns: [id, { ...name, sqlType: 'character varying(40)' }, artistId] },
      'song: column name is character varying(40) not null instead of character varying(255) not null',
    ],
    [
      'a column that may be empty',
      { columns: [id, { ...name, nullable: true }, artistId] },
      'song: column name is character varying(255) instead of character varying(255) not null',
    ],
    [
      'a column that must have a value',
      { columns: [id, name, { ...artistId, nullable: false }] },
      'song: column artist_id is bigint not null instead of bigint',
    ],
    [
      'an id that does not count',
      { columns: [{ ...id, identity: false }, name, artistId] },
      'song: column id is bigint not null instead of bigint not null identity',
    ],
    ['a missing default', { columns: [id, { ...name, default: null }, artistId] }, 'song: column name has no default'],
    [
      'a default that nobody asked for',
      { columns: [id, name, { ...artistId, default: '1' }] },
      'song: column artist_id has a default that nobody asked for',
    ],
    ['a missing constraint', { constraints: [primaryKey, reference] }, 'song: constraint uq is missing'],
    [
      'a constraint that nobody asked for',
      { constraints: [primaryKey, uniqueKey, reference, { ...key, name: 'positive', kind: 'c', columns: ['id'] }] },
      'song: constraint positive is not part of the definition',
    ],
    [
      'a constraint over other columns',
      { constraints: [primaryKey, { ...uniqueKey, columns: ['artist_id', 'name'] }, reference] },
      'song: constraint uq is unique (artist_id, name) instead of unique (name, artist_id)',
    ],
    [
      'another rule for deletion',
      { constraints: [primaryKey, uniqueKey, { ...reference, onDelete: 'CASCADE' }] },
      'song: constraint fk is foreign_key (artist_id) to artist on delete CASCADE instead of foreign_key (artist_id) to artist on delete SET NULL',
    ],
    [
      'a reference to another table',
      { constraints: [primaryKey, uniqueKey, { ...reference, references: 'band' }] },
      'song: constraint fk is foreign_key (artist_id) to band on delete SET NULL instead of foreign_key (artist_id) to artist on delete SET NULL',
    ],
    [
      'a reference that does not hold for all rows',
      { constraints: [primaryKey, uniqueKey, { ...reference, validated: false }] },
      'song: constraint fk is foreign_key (artist_id) to artist on delete SET NULL not valid instead of foreign_key (artist_id) to artist on delete SET NULL',
    ],
    ['a missing index', { indexes: [] }, 'song: index ix is missing'],
    [
      'an index on another column',
      { indexes: [{ ...artistIndex, columns: ['name'] }] },
      'song: index ix is name instead of artist_id',
    ],
    [
      'an index that could not be built',
      { indexes: [{ ...artistIndex, valid: false }] },
      'song: index ix is artist_id invalid instead of artist_id',
    ],
  ])('differ by %s', (_title, difference, sentence) => {
    expect(compareWithCatalog(wanted, found(difference))).toEqual([sentence]);
  });

  it('agree about indexes that somebody added by hand', () => {
    const byHand = { name: 'by_hand', columns: [], valid: true };

    expect(compareWithCatalog(wanted, found({ indexes: [artistIndex, byHand] }))).toEqual([]);
  });

  it('differ in everything that is different, at once', () => {
    expect(compareWithCatalog(wanted, found({ columns: [id, artistId], constraints: [primaryKey] }))).toEqual([
      'song: column name is missing',
      'song: constraint uq is missing',
      'song: constraint fk is missing',
      'song: column name has no default',
    ]);
  });
});

describe('defaults', () => {
  it('that are the same text need no second look', () => {
    expect(defaultDifferences(wanted, found())).toEqual([]);
  });

  it('that are different texts may still mean the same, which PostgreSQL has to say', () => {
    const printed = found({ columns: [id, { ...name, default: `'a'::character varying` }, artistId] });

    expect(compareWithCatalog(wanted, printed)).toEqual([]);
    expect(defaultDifferences(wanted, printed)).toEqual([
      { column: 'song.name', wanted: `'a'::character varying(255)`, found: `'a'::character varying` },
    ]);
  });

  it('that are missing on one side are no matter of values', () => {
    const without = found({ columns: [id, { ...name, default: null }, { ...artistId, default: '1' }] });

    expect(defaultDifferences(wanted, without)).toEqual([]);
  });
});

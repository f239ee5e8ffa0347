import { describe, expect, it } from '@jest/globals';
import {
  foldName,
  freeName,
  humanize,
  isReserved,
  NAME_PATTERN,
  physicalName,
  shortHash,
  snakeCase,
} from '../../../src/definition/identifiers.js';
import { INVALID_NAMES, RESERVED_APPS, RESERVED_FIELDS, RESERVED_MODELS } from '../../fixtures/hostile-names.js';

describe('names', () => {
  it.each(['a', 'A', 'track', 'MediaType', 'media_type', 'x_', 'a1', 'select', 'a'.repeat(48)])('may be %s', (name) => {
    expect(name).toMatch(NAME_PATTERN);
  });

  it.each(INVALID_NAMES)('may not be %s', (_title, name) => {
    expect(name).not.toMatch(NAME_PATTERN);
  });

  it.each([
    ['MediaType', 'mediatype'],
    ['media_type', 'mediatype'],
    ['MEDIA__TYPE_', 'mediatype'],
    ['music.MediaType', 'music.mediatype'],
  ])('are the same without regard to case and underscores: %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  it.each([
    ['app', RESERVED_APPS],
    ['model', RESERVED_MODELS],
    ['field', RESERVED_FIELDS],
  ] as const)('are reserved for an %s where they would collide', (kind, names) => {
    expect(names.filter((name) => !isReserved(kind, name))).toEqual([]);
  });

  it.each([
    ['app', 'music'],
    ['app', 'users'],
    ['model', 'User'],
    ['model', 'admin'],
    ['model', 'id'],
    ['field', 'meta'],
    ['field', 'pg_version'],
    ['field', 'order'],
    ['field', 'select'],
  ] as const)('are free for an %s otherwise: %s', (kind, name) => {
    expect(isReserved(kind, name)).toBe(false);
  });

  it.each([
    ['app', 'pg_temp'],
    ['model', 'PG_Class'],
  ] as const)('of PostgreSQL itself are reserved for an %s: %s', (kind, name) => {
    expect(isReserved(kind, name)).toBe(true);
  });
});

describe('snakeCase', () => {
  it.each([
    ['Track', 'track'],
    ['MediaType', 'media_type'],
    ['mediaType', 'media_type'],
    ['media_type', 'media_type'],
    ['HTTPServer', 'http_server'],
    ['parseHTTP', 'parse_http'],
    ['Track2Album', 'track2_album'],
    ['Media_Type', 'media_type'],
    ['ALL', 'all'],
    ['x__y', 'x_y'],
  ])('writes %s as %s', (name, expected) => {
    expect(snakeCase(name)).toBe(expected);
  });
});

describe('humanize', () => {
  it.each([
    ['MediaType', 'Media type'],
    ['unit_price', 'Unit price'],
    ['isHTTPServer', 'Is http server'],
    ['name_', 'Name'],
  ])('writes %s as %s', (name, expected) => {
    expect(humanize(name)).toBe(expected);
  });
});

describe('shortHash', () => {
  it('gives the same twelve digits for the same text', () => {
    expect(shortHash('field')).toMatch(/^[0-9a-f]{12}$/);
    expect(shortHash('field')).toBe(shortHash('field'));
    expect(shortHash('field')).not.toBe(shortHash('fiald'));
  });
});

describe('physicalName', () => {
  it('joins its parts with underscores', () => {
    expect(physicalName('music', 'track')).toBe('music_track');
  });

  it('keeps a name of 63 characters, which is all that PostgreSQL takes', () => {
    expect(physicalName('a'.repeat(31), 'b'.repeat(31))).toBe(`${'a'.repeat(31)}_${'b'.repeat(31)}`);
  });

  it('ends a longer name in a hash of the whole, so that no two are cut to the same', () => {
    const [one, other] = [
      physicalName('a'.repeat(48), 'b'.repeat(47), 'x'),
      physicalName('a'.repeat(48), 'b'.repeat(47), 'y'),
    ];

    expect(one).toMatch(/^a{48}_b_[0-9a-f]{12}$/);
    expect([one.length, other.length]).toEqual([63, 63]);
    expect(one).not.toBe(other);
  });
});

describe('freeName', () => {
  it('gives the name itself when nobody has it', () => {
    expect(freeName('track', 'some id', () => false)).toBe('track');
  });

  it('adds a part that belongs to the id when somebody has it', () => {
    expect(freeName('track', 'some id', (name) => name === 'track')).toBe(`track_${shortHash('some id')}`);
  });

  it('never gets longer than PostgreSQL allows', () => {
    expect(freeName('a'.repeat(63), 'some id', () => true)).toBe(`${'a'.repeat(50)}_${shortHash('some id')}`);
  });
});

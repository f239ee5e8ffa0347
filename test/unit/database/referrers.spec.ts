import { describe, expect, it } from '@jest/globals';
import { Referrers } from '../../../src/database/referrers.js';

const idsOf = (referrers: Referrers, id: string) => [...referrers.of(id)].sort();

describe('referrers', () => {
  it('are those that point to an id', () => {
    const referrers = new Referrers();

    referrers.add('track', ['album', 'genre']);
    referrers.add('cover', ['album']);
    referrers.add('album', ['album']);

    expect(idsOf(referrers, 'album')).toEqual(['album', 'cover', 'track']);
    expect(idsOf(referrers, 'genre')).toEqual(['track']);
    expect(idsOf(referrers, 'track')).toEqual([]);
  });

  it('go one by one, and leave nothing behind with the last', () => {
    const referrers = new Referrers();
    referrers.add('track', ['album']);
    referrers.add('cover', ['album']);

    referrers.remove('track', ['album', 'unknown']);
    const left = idsOf(referrers, 'album');
    referrers.remove('cover', ['album']);

    expect(left).toEqual(['cover']);
    expect(referrers).toEqual(new Referrers());
  });
});

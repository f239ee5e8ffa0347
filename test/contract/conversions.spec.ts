import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alter, convert, countDistinct, createValues } from '../fixtures/conversions/conversion-table.js';
import { REFUSED } from '../fixtures/conversions/conversion-fixture.js';
import { CONVERSION_PAIRS, CONVERSION_SOURCES, FROM_TEXT, pairFromText } from '../fixtures/conversions/pairs.js';
import { NEAR_TEXTS, ODD_TEXTS } from '../fixtures/conversions/near-texts.js';
import { OPTION_PAIRS } from '../fixtures/conversions/options.js';
import { refusalsOf } from '../fixtures/field-types/storage.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const SESSIONS = [
  { title: 'plain', settings: [`SET timezone TO 'UTC'`] },
  {
    title: 'unusual',
    settings: [
      `SET datestyle TO 'SQL, DMY'`,
      `SET timezone TO 'Asia/Kolkata'`,
      `SET intervalstyle TO 'sql_standard'`,
      `SET bytea_output TO 'escape'`,
    ],
  },
];

describe('the matrix of conversions', () => {
  it.each(CONVERSION_PAIRS)('has $from → $to as $expected', ({ conversion, expected, cast }) => {
    expect(conversion).toBe(expected);
    expect(cast === undefined).toBe(expected === 'impossible');
  });

  it.each(CONVERSION_PAIRS)('says in words what $from → $to loses', ({ conversion, cast }) => {
    expect(typeof cast?.loses).toBe(conversion === 'lossy' ? 'string' : 'undefined');
  });
});

describe.each(SESSIONS)('in a session with $title settings', ({ settings }) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase();
    await database.query(settings.join('; '));
  });
  afterAll(() => database?.drop());

  describe.each(CONVERSION_SOURCES)('values of $from', ({ source, stored, possible }) => {
    beforeAll(() => createValues(database, source, stored));

    it.each(possible)('become what they mean in $to', async ({ cast, target, samples }) => {
      const values = await convert(database, cast, target);

      expect(stored.map((text, position) => [text, values[position]])).toEqual(
        samples.map(({ stored: text, becomes }) => [text, becomes]),
      );
    });

    it.each(possible)('are rewritten by a change of the column to $to', async ({ cast, target, samples }) => {
      const values = await alter(database, cast, target);

      expect(values).toEqual(samples.map(({ becomes }) => becomes).filter((text) => text !== REFUSED));
    });

    it.each(possible.filter(({ expected }) => expected === 'lossless'))(
      'stay different from each other in $to',
      async ({ cast, target }) => {
        const { before, after } = await countDistinct(database, cast, target);

        expect(after).toBe(before);
        expect(before).toBe(stored.length);
      },
    );
  });

  it.each(OPTION_PAIRS)('$title: $conversion', async ({ source, target, cast, conversion, expected, samples }) => {
    await createValues(
      database,
      source,
      samples.map(([stored]) => stored),
    );

    const values = await convert(database, cast, target);

    expect(conversion).toBe(expected);
    expect(values).toEqual(samples.map(([, becomes]) => becomes));
  });

  it.each(FROM_TEXT)('texts that look like values of another type convert to $to or are refused', async (pair) => {
    await createValues(database, pair.source, ODD_TEXTS);

    const values = await convert(database, pair.cast, pair.target);

    expect(values).toHaveLength(ODD_TEXTS.length);
  });

  it.each(NEAR_TEXTS)('texts convert to $name where a request might give them', async ({ name, texts }) => {
    const { cast, source, target } = pairFromText(name);
    const field = { ...target.field, choices: [] };
    await createValues(database, source, texts);

    const values = await convert(database, cast, target);

    expect(texts.filter((_text, position) => values[position] === REFUSED)).toEqual(
      texts.filter((text) => refusalsOf(field, text).length > 0),
    );
  });
});

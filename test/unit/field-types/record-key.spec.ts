import { describe, expect, it } from '@jest/globals';
import { primaryKeyOf } from '../../../src/field-types/primary-key.js';
import { keyOf } from '../../../src/field-types/record-key.js';
import { compileSchema } from '../../../src/field-types/json-schema.validator.js';

const ID = '0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e';

describe('an id in an address', () => {
  it.each([
    ['bigint', '1', 1],
    ['bigint', '9007199254740991', 9_007_199_254_740_991],
    ['integer', '2147483647', 2_147_483_647],
    ['uuid', ID.toUpperCase(), ID],
    ['text', 'pt', 'pt'],
  ] as const)('of type %s: %s', (type, text, id) => {
    expect(keyOf(type).fromText(text)).toBe(id);
  });

  it.each([
    ['bigint', '0'],
    ['bigint', '01'],
    ['bigint', '-1'],
    ['bigint', '1.0'],
    ['bigint', '1e3'],
    ['bigint', '9007199254740992'],
    ['bigint', ID],
    ['integer', '2147483648'],
    ['uuid', '1'],
    ['uuid', `{${ID}}`],
    ['uuid', `${ID}\n`],
    ['uuid', ''],
  ] as const)('of type %s is not: %j', (type, text) => {
    expect(keyOf(type).fromText(text)).toBeUndefined();
  });
});

describe('an id in a body', () => {
  it.each([
    ['bigint', [1, Number.MAX_SAFE_INTEGER], [0, -1, 1.5, '1', Number.MAX_SAFE_INTEGER + 1]],
    ['integer', [1, 2_147_483_647], [0, 2_147_483_648]],
    ['uuid', [ID, ID.toUpperCase()], [1, '', 'abc', `${ID}0`]],
    ['text', ['pt', ' '], [1, '']],
  ] as const)('of type %s', (type, valid, invalid) => {
    const violations = compileSchema(keyOf(type).jsonSchema);

    expect(valid.flatMap((id) => violations(id))).toEqual([]);
    expect(invalid.filter((id) => violations(id).length === 0)).toEqual([]);
  });

  it('is one text for PostgreSQL, however a UUID is written', () => {
    expect(keyOf('uuid').parse(ID.toUpperCase())).toBe(ID);
  });

  it('is refused as a text that PostgreSQL cannot store', () => {
    expect(() => keyOf('text').parse('a\0')).toThrow('must not contain a NUL character');
  });
});

describe('a primary key', () => {
  it.each([
    ['big_auto', 'bigint', true, null],
    ['auto', 'integer', true, null],
    ['uuid', 'uuid', false, 'gen_random_uuid()'],
  ])('%s is of type %s', (name, sqlType, identity, fallback) => {
    expect(primaryKeyOf(name)).toMatchObject({ key: { sqlType }, identity, default: fallback });
  });

  it('makes its ids itself where the database counts none up', () => {
    expect(primaryKeyOf('uuid').newId?.()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(primaryKeyOf('auto').newId).toBeUndefined();
  });

  it('that is counted up leaves room after a given id', () => {
    expect(primaryKeyOf('big_auto').givenSchema).toMatchObject({ maximum: 2 ** 52 - 1 });
  });
});

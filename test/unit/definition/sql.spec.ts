import { describe, expect, it } from '@jest/globals';
import { literal, quote, quoteTable } from '../../../src/definition/sql.js';

describe('quote', () => {
  it.each([
    ['name', '"name"'],
    ['select', '"select"'],
    ['Mixed Case', '"Mixed Case"'],
    ['x"; DROP TABLE y;--', '"x""; DROP TABLE y;--"'],
  ])('writes the identifier %s', (identifier, expected) => {
    expect(quote(identifier)).toBe(expected);
  });

  it('writes schema and table apart', () => {
    expect(quoteTable({ schema: 'pub"lic', name: 'a.b' })).toBe('"pub""lic"."a.b"');
  });
});

describe('literal', () => {
  it.each([
    ['plain', `'plain'`],
    ['', `''`],
    [`it's`, `'it''s'`],
    [`'); DROP TABLE x;--`, `'''); DROP TABLE x;--'`],
    // Only an E'' string means the same whatever standard_conforming_strings says.
    ['a\\b', `E'a\\\\b'`],
    [`\\'`, `E'\\\\'''`],
    [7, `'7'`],
    [-0.5, `'-0.5'`],
    [true, `'true'`],
  ])('writes the value %j', (value, expected) => {
    expect(literal(value)).toBe(expected);
  });
});

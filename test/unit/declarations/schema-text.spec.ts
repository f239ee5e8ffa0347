import { describe, expect, it } from '@jest/globals';
import { literalText, propertyName, schemaText } from '../../../src/declarations/schema-text.js';
import type { JsonSchema } from '../../../src/field-types/field-type.js';

describe('the TypeScript type of a JSON schema', () => {
  it.each<readonly [JsonSchema, string]>([
    [{ type: 'string', maxLength: 4 }, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'number', 'integer', 'null'] }, 'string | number | null'],
    [{ type: 'boolean' }, 'boolean'],
    [{}, 'unknown'],
    [{ anyOf: [{}, { type: 'null' }] }, 'unknown'],
    [{ type: 'surprise' }, 'unknown'],
    [{ const: 'a' }, "'a'"],
    [{ const: null }, 'null'],
    [{ type: ['string', 'null'], enum: ['a', 1, null] }, "'a' | 1 | null"],
    [{ enum: [] }, 'never'],
    [{ type: 'array', items: { type: 'string' } }, 'string[]'],
    [{ type: 'array' }, 'unknown[]'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [{ type: 'array', items: { type: 'array', items: { enum: [1, 2] } } }, '(1 | 2)[][]'],
    [{ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, 'string | string[]'],
    [
      {
        anyOf: [
          { type: 'string', format: 'ipv4' },
          { type: 'string', format: 'ipv6' },
        ],
      },
      'string',
    ],
    [{ type: 'object' }, 'Record<string, unknown>'],
    [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [
      {
        type: 'object',
        properties: { amount: { type: 'string' }, 'in cents': { type: 'integer' } },
        required: ['amount'],
        additionalProperties: false,
      },
      "{ amount: string; 'in cents'?: number }",
    ],
    [{ properties: { a: { type: 'string' } } }, '{ a?: string }'],
  ])('%j is %s', (schema, text) => {
    expect(schemaText(schema)).toBe(text);
  });

  it.each([
    ['plain', "'plain'"],
    ["it's", `"it's"`],
    ['say "no"', `'say "no"'`],
    [`it's "no"`, `'it\\'s "no"'`],
    ['C:\\temp\n', "'C:\\\\temp\\n'"],
    ['\u2028', "'\\u2028'"],
    [1.5, '1.5'],
  ])('writes the literal %j so that TypeScript reads it back', (value, text) => {
    expect(literalText(value)).toBe(text);
    expect(new Function(`return ${text}`)()).toBe(value);
  });

  it('quotes names of properties where they need it', () => {
    expect(['title', '_a1', 'in cents', '1st'].map(propertyName)).toEqual(['title', '_a1', "'in cents'", "'1st'"]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { parseJson, writtenJson } from '../../../admin-ui/src/fields/json-text.js';

describe('JSON that is typed', () => {
  it.each([
    ['{"a": [1, null]}', { a: [1, null] }],
    ['"text"', 'text'],
    ['  ', null],
    ['null', null],
  ])('is what it says: %s', (text, value) => {
    expect(parseJson(text)).toEqual({ value });
  });

  it('is written in lines, and nothing where there is no value', () => {
    expect([writtenJson({ a: 1 }), writtenJson(null)]).toEqual(['{\n  "a": 1\n}', '']);
  });

  it.each([
    ['{"a": 1,\n}', 'Expected double-quoted property name', { line: 2, column: 1 }],
    ['{"a":\n  [1, }', 'Unexpected token', { line: 2, column: 7 }],
    ['{"a":\n  1', "Expected ',' or '}' after property value", { line: 2, column: 4 }],
    ['[1,', 'Unexpected end of JSON input', { line: 1, column: 4 }],
    ['{"a": True}', 'Unexpected token', { line: 1, column: 7 }],
    ['{}\n {}', 'Unexpected non-whitespace character after JSON', { line: 2, column: 2 }],
    ['["a\nb"]', 'Bad control character in string literal', { line: 1, column: 2 }],
  ])('tells what is wrong, and where: %s', (text, problem, place) => {
    expect(parseJson(text)).toEqual({ problem: expect.stringContaining(problem), place });
  });
});

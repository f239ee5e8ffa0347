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

  it('tells in which line it is wrong, where the browser does', () => {
    expect(parseJson('{"a": 1,\n}')).toMatchObject({ problem: expect.stringContaining('JSON'), line: 2 });
  });
});

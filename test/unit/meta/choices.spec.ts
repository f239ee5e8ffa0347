import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/definition/field-definition.js';
import { parseChoices } from '../../../src/meta/choices.js';

describe('choices', () => {
  it.each([null, undefined, []])('are none when they are %j', (input) => {
    expect(parseChoices(input)).toEqual([]);
  });

  it.each<readonly [title: string, input: Json, choices: readonly object[]]>([
    [
      'values',
      ['S', 2],
      [
        { value: 'S', label: 'S' },
        { value: 2, label: '2' },
      ],
    ],
    [
      'pairs',
      [
        ['S', 'Small'],
        [2, 'Two'],
      ],
      [
        { value: 'S', label: 'Small' },
        { value: 2, label: 'Two' },
      ],
    ],
    [
      'objects',
      [{ value: 'S', label: 'Small' }, { value: 2 }],
      [
        { value: 'S', label: 'Small' },
        { value: 2, label: '2' },
      ],
    ],
    [
      'all of these',
      ['S', ['M', 'Medium'], { value: 'L' }],
      [
        { value: 'S', label: 'S' },
        { value: 'M', label: 'Medium' },
        { value: 'L', label: 'L' },
      ],
    ],
  ])('are read from %s', (_title, input, choices) => {
    expect(parseChoices(input)).toEqual(choices);
  });

  it('tell the number 1 and the text "1" apart', () => {
    expect(parseChoices([1, '1'])).toHaveLength(2);
  });

  it.each([
    ['a text', 'S'],
    ['an object', { S: 'Small' }],
    ['true', true],
    ['a list with null', ['S', null]],
    ['a list with a boolean', [true]],
    ['an empty pair', [[]]],
    ['a pair without a label', [['S']]],
    ['an object without a value', [{ label: 'Small' }]],
    ['a label that is a list', [['S', ['Small']]]],
    ['a value twice', ['S', ['S', 'Small']]],
  ])('are not %s', (_title, input) => {
    expect(parseChoices(input)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { isSameOption, optionsFor } from '../../../admin-ui/src/fields/widgets/relation-option.js';

const LAMPS = { id: 2, label: 'Lamps' };
const CHAIRS = { id: 1, label: 'Chairs' };

describe('what the input of a relation offers', () => {
  it.each([
    ['nothing that is called so', 'Lam', [LAMPS], [], [LAMPS, { newName: 'Lam' }]],
    ['nothing at all', ' Tables ', [], [CHAIRS], [{ newName: 'Tables' }]],
    ['a record of that name', 'lamps', [LAMPS], [], [LAMPS]],
    ['one that is chosen already', 'Chairs', [LAMPS], [CHAIRS], [LAMPS]],
    ['no words', '  ', [LAMPS, CHAIRS], [], [LAMPS, CHAIRS]],
  ])('has a new record unless there is one: %s', (_, words, offered, chosen, options) => {
    expect(optionsFor(words, offered, chosen)).toEqual(options);
  });

  it('is known by ids', () => {
    expect(isSameOption(LAMPS, { id: 2, label: undefined })).toBe(true);
    expect([isSameOption(LAMPS, CHAIRS), isSameOption({ newName: 'x' }, { newName: 'x' })]).toEqual([false, false]);
  });
});

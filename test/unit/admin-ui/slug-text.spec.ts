import { describe, expect, it } from '@jest/globals';
import { slugOf } from '../../../admin-ui/src/fields/slug-text.js';

describe('a short name made of a title', () => {
  it.each([
    ['Crème brûlée & Co.', 'creme-brulee-co'],
    ['  Rocking chair (oak) ', 'rocking-chair-oak'],
    ['snake_case-kept', 'snake_case-kept'],
    ['椅子', ''],
  ])('has letters, figures and hyphens: %s', (title, slug) => {
    expect(slugOf(title, 50)).toBe(slug);
  });

  it('is as long as fits, and ends with a word', () => {
    expect(slugOf('a rocking chair', 10)).toBe('a-rocking');
  });
});

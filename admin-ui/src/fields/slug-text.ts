/** Marks that stand above and below letters, once they are apart from them. */
const MARKS = /\p{M}/gu;
const OTHERS = /[^a-z0-9_]+/g;

/**
 * A short name for addresses, made of a title.
 *
 * @param most characters that fit
 * @example slugOf('Crème brûlée & Co.', 50) // 'creme-brulee-co'
 */
export const slugOf = (title: string, most: number): string =>
  title
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(OTHERS, '-')
    .replace(/^-+/, '')
    .slice(0, most)
    .replace(/-+$/, '');

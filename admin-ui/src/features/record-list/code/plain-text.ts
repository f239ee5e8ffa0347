/** Characters that nobody sees, or that move others about: what is copied could be other than what is read, or press keys in a terminal. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

export const isPlain = (text: string): boolean => text.search(UNSEEN) < 0;

const escaped = (text: string): string =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** JSON, or a literal of JavaScript, in which every character can be seen. @param indent of its lines; 0 for one line */
export const plainJson = (value: unknown, indent = 0): string =>
  JSON.stringify(value, null, indent).replace(UNSEEN, (character) =>
    character === '\n' ? character : escaped(character),
  );

import { WeakPasswordError } from '../../errors/account.error.js';
import { COMMON_WORDS } from './common-words.js';

const SHORTEST = 12;
const LONGEST = 128;
const FEWEST_CHARACTERS = 5;
/** Shorter parts of an email are part of many good passwords. */
const SHORTEST_PART = 4;

const length = (text: string): number => [...text].length;

/** Runs such as `abcdefgh`, `12345678` and `87654321`, which make a password long and nothing else. */
const withoutRuns = (text: string): string => {
  const characters = [...text];
  const codeAt = (at: number) => characters[at]?.codePointAt(0) ?? 0;
  const isNext = (at: number) => codeAt(at) < 128 && Math.abs(codeAt(at) - codeAt(at - 1)) === 1;
  return characters.filter((_, at) => at === 0 || !isNext(at)).join('');
};

/** What is left of a password when the words that everybody tries are taken out: `password1234` leaves nothing. */
const withoutCommonWords = (text: string): string =>
  COMMON_WORDS.reduce((rest, word) => rest.replaceAll(word, ''), text.replaceAll(/[\s!-/:-@[-`{-~]/g, ''));

const problemOf = (password: string, email: string): string | undefined => {
  const text = password.normalize('NFKC').toLowerCase();
  if (length(password) < SHORTEST)
    return `A password has at least ${SHORTEST} characters. Several words make a good one.`;
  if (length(password) > LONGEST) return `A password has at most ${LONGEST} characters.`;
  if (new Set(text).size < FEWEST_CHARACTERS)
    return `A password has at least ${FEWEST_CHARACTERS} different characters.`;
  const parts = email.toLowerCase().split(/[@.+_-]/);
  const own = [email.toLowerCase(), ...parts].filter((part) => part.length >= SHORTEST_PART);
  const rest = own.reduce((left, part) => left.replaceAll(part, ''), text);
  if (rest !== text && length(rest) <= SHORTEST - SHORTEST_PART) return 'The password must not be made of the email.';
  if (length(withoutRuns(withoutCommonWords(text))) < FEWEST_CHARACTERS)
    return 'This password is one that others guess.';
  return undefined;
};

/**
 * Length counts, and that nobody guesses it; which kinds of characters it has does not.
 *
 * @param path where the request has the password
 * @throws WeakPasswordError
 */
export const requireGoodPassword = (password: string, email: string, path: string): void => {
  const problem = problemOf(password, email);
  if (problem !== undefined) throw new WeakPasswordError(problem, path);
};

/**
 * Regular expression of a day that exists between the years 1 and 9999, as `YYYY-MM-DD`. All of it is in the expression,
 * because a cast would raise an error where a condition has to say no.
 */
export const DAY = [
  '(?!0000)[0-9]{4}-(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])',
  '(?!0000)[0-9]{4}-(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)',
  '(?!0000)[0-9]{4}-02-(?:0[1-9]|1[0-9]|2[0-8])',
  // Leap years: divisible by 4 but not by 100, or by 400.
  '[0-9]{2}(?:0[48]|[2468][048]|[13579][26])-02-29',
  '(?:0[48]|[2468][048]|[13579][26])00-02-29',
]
  .map((day) => `(?:${day})`)
  .join('|');

/** Regular expression of an hour and a minute, as `HH:MM`. */
export const MINUTE = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';

/** What spreadsheets take for a formula, behind any number of quotes that somebody put there. */
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const GUARDED = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A text that no spreadsheet computes. One quote more than it has, so that {@link unguarded} finds the text again. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Takes off what {@link guarded} has put on. */
export const unguarded = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);

/** `"12"` → 12; a text that is no number stays a text, so that validation says what is wrong with it. */
export const numberFromText = (text: string): number | string =>
  /^-?\d+([.]\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
